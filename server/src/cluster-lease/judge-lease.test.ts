import { expect, test } from 'vitest';
import type { Lease } from '../kube/lease.ts';
import { type Holder, toIdentity } from './holder.ts';
import { judgeLease, type LeaseSituation, type Verdict } from './judge-lease.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const holderOf = (installation: string, host: string): Holder => ({
  installation,
  process: { host, pid: 7, started: '123' },
});
const me = holderOf('in_a', 'here');
const sibling = holderOf('in_a', 'there');
const stranger = holderOf('in_b', 'there');
const MINUTE = 60_000;

/** Held by `by`, last renewed `ago` milliseconds before now. */
function leaseOf(by: Holder | undefined, ago: number): Lease {
  return {
    holder: by && toIdentity(by),
    durationMs: 30_000,
    renewedAt: NOW - ago,
    transitions: 0,
    version: undefined,
    url: undefined,
    since: undefined,
    resourceVersion: '1',
  };
}

interface Case {
  name: string;
  change: Partial<LeaseSituation>;
  verdict: Verdict;
}

test.each<Case>([
  { name: 'there is no Lease', change: { lease: undefined }, verdict: 'take' },
  { name: 'the Lease was given back', change: { lease: leaseOf(undefined, 0) }, verdict: 'take' },
  { name: 'this process holds it', change: { lease: leaseOf(me, 0) }, verdict: 'take' },
  {
    name: 'the cluster runs inside the data directory',
    change: { lease: leaseOf(stranger, 0), exclusive: true },
    verdict: 'take',
  },
  {
    name: 'its holder is the dead process of the data directory',
    change: { lease: leaseOf(sibling, 0), predecessor: sibling },
    verdict: 'take',
  },
  {
    name: 'the dead process of the data directory is another one',
    change: { lease: leaseOf(sibling, 0), predecessor: me },
    verdict: 'wait',
  },
  { name: 'a stranger has just renewed it', change: { lease: leaseOf(stranger, 4000) }, verdict: 'refuse' },
  { name: 'a stranger renewed it 29 s ago', change: { lease: leaseOf(stranger, 29_000) }, verdict: 'refuse' },
  { name: 'another process of this installation holds it', change: { lease: leaseOf(sibling, 4000) }, verdict: 'wait' },
  {
    name: 'that process still renews it after 40 s',
    change: { lease: leaseOf(sibling, 4000), watchedMs: 40_000, unchangedMs: 4000 },
    verdict: 'refuse',
  },
  { name: 'a stranger seems to have let it expire', change: { lease: leaseOf(stranger, MINUTE) }, verdict: 'confirm' },
  {
    name: 'nobody renewed it while it was watched',
    change: { lease: leaseOf(stranger, MINUTE), watchedMs: 12_000, unchangedMs: 12_000 },
    verdict: 'take',
  },
  {
    name: 'the holder’s clock is an hour behind, and it renews',
    change: { lease: leaseOf(stranger, 60 * MINUTE), watchedMs: 12_000, unchangedMs: 2000 },
    verdict: 'refuse',
  },
  {
    name: 'the holder’s clock is an hour ahead',
    change: { lease: leaseOf(stranger, -60 * MINUTE) },
    verdict: 'confirm',
  },
  {
    name: 'the holder’s clock is an hour ahead, and it renews',
    change: { lease: leaseOf(stranger, -60 * MINUTE), watchedMs: 9000, unchangedMs: 1000 },
    verdict: 'refuse',
  },
  {
    name: 'the holder’s clock is an hour ahead, and it is dead',
    change: { lease: leaseOf(stranger, -60 * MINUTE), watchedMs: 30_000, unchangedMs: 30_000 },
    verdict: 'take',
  },
])('says $verdict when $name', ({ change, verdict }) => {
  const situation = { me, predecessor: undefined, exclusive: false, now: NOW, watchedMs: 0, unchangedMs: 0 };
  expect(judgeLease({ lease: undefined, ...situation, ...change })).toBe(verdict);
});

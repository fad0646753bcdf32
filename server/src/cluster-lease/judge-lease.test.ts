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

type Case = [what: string, change: Partial<LeaseSituation>, verdict: Verdict];

test.each<Case>([
  ['none is there', { lease: undefined }, 'take'],
  ['it was given back', { lease: leaseOf(undefined, 0) }, 'take'],
  ['it is this process’s own', { lease: leaseOf(me, 0) }, 'take'],
  ['the cluster runs inside the data directory', { lease: leaseOf(stranger, 0), exclusive: true }, 'take'],
  [
    'its holder is the dead process of the data directory',
    { lease: leaseOf(sibling, 0), predecessor: sibling },
    'take',
  ],
  ['the dead process is another one', { lease: leaseOf(sibling, 0), predecessor: me }, 'wait'],
  ['a stranger has just renewed it', { lease: leaseOf(stranger, 4000) }, 'refuse'],
  ['a stranger renewed it 29 s ago', { lease: leaseOf(stranger, 29_000) }, 'refuse'],
  ['another process of this installation holds it', { lease: leaseOf(sibling, 4000) }, 'wait'],
  [
    'that process still renews it after 40 s',
    { lease: leaseOf(sibling, 4000), watchedMs: 40_000, unchangedMs: 4000 },
    'refuse',
  ],
  ['a stranger seems to have let it run out', { lease: leaseOf(stranger, MINUTE) }, 'confirm'],
  [
    'nobody has renewed it while it was watched',
    { lease: leaseOf(stranger, MINUTE), watchedMs: 12_000, unchangedMs: 12_000 },
    'take',
  ],
  [
    'the holder’s clock is an hour behind, and it renews',
    { lease: leaseOf(stranger, 60 * MINUTE), watchedMs: 12_000, unchangedMs: 2000 },
    'refuse',
  ],
  ['the holder’s clock is an hour ahead', { lease: leaseOf(stranger, -60 * MINUTE) }, 'confirm'],
  [
    'the holder’s clock is an hour ahead, and it renews',
    { lease: leaseOf(stranger, -60 * MINUTE), watchedMs: 9000, unchangedMs: 1000 },
    'refuse',
  ],
  [
    'the holder’s clock is an hour ahead, and it is dead',
    { lease: leaseOf(stranger, -60 * MINUTE), watchedMs: 30_000, unchangedMs: 30_000 },
    'take',
  ],
])('%s: %#', (_what, change, verdict) => {
  const situation = { me, predecessor: undefined, exclusive: false, now: NOW, watchedMs: 0, unchangedMs: 0 };
  expect(judgeLease({ lease: undefined, ...situation, ...change })).toBe(verdict);
});

/** The holder's side of the Lease, with a manual clock and an in-memory API server. */
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../kit/clock.ts';
import type { LeaseContent } from '../kube/lease.ts';
import type { Helm } from '../helm/helm.ts';
import { ClusterLease } from './cluster-lease.ts';
import { guardHelm } from './guard-helm.ts';
import { type Holder, toIdentity } from './holder.ts';
import { ClusterHeldError, LeaseLostError } from './lease-errors.ts';
import { TestClock } from '../kit/testing.ts';
import { TestApi } from './testing.ts';

const holderOf = (installation: string): Holder => ({ installation, process: { host: 'h', pid: 1, started: '1' } });
const STRANGER = toIdentity(holderOf('in_b'));

interface World {
  clock: TestClock;
  api: TestApi;
  lease: ClusterLease;
  changes: (string | undefined)[];
  refusals: string[];
}

function world(): World {
  const clock = new TestClock();
  const api = new TestApi();
  const refusals: string[] = [];
  const lease = new ClusterLease({
    leases: api,
    claim: { me: holderOf('in_a'), predecessor: undefined, exclusive: false, version: '1' },
    clock,
    log: pino({ level: 'silent' }),
    onRefused: (why) => refusals.push(why),
  });
  const changes: (string | undefined)[] = [];
  lease.onChange(() => changes.push(lease.trouble));
  return { clock, api, lease, changes, refusals };
}

const stranger = (clock: Clock): LeaseContent => ({
  holder: STRANGER,
  durationMs: 30_000,
  renewedAt: clock.now().getTime(),
  transitions: 1,
  version: '2',
  url: 'http://other',
  since: undefined,
});

async function held(): Promise<World> {
  const all = world();
  await all.lease.start();
  return all;
}

describe('while it is held', () => {
  test('renews every 10 s and allows writes beyond one Lease duration', async () => {
    const { clock, api, lease } = await held();
    await clock.pass(300_000);
    expect(lease.mayWrite()).toBe(true);
    expect(api.writes).toBe(31);
  });

  test('survives a lost answer and a deleted Lease', async () => {
    const { clock, api, lease, changes } = await held();
    api.losesAnswer = true;
    await clock.pass(20_000);
    api.lease = undefined;
    await clock.pass(20_000);
    expect(lease.mayWrite()).toBe(true);
    expect(api.lease).toMatchObject({ holder: toIdentity(holderOf('in_a')) });
    expect(changes).toEqual([undefined]);
  });

  test('closing releases it, even after a lost answer, and ends writing', async () => {
    const { api, lease } = await held();
    api.losesAnswer = true;
    lease.announce('http://here');
    await lease.close();
    expect(api.lease?.holder).toBeUndefined();
    expect(lease.mayWrite()).toBe(false);
    expect(lease.signal.aborted).toBe(true);
  });
});

describe('writing stops', () => {
  test('25 s after the last renewal, 5 s before another may take it; resumes on renewal', async () => {
    const { clock, api, lease, changes } = await held();
    const { signal } = lease;
    api.fails = 'unavailable';
    await clock.pass(24_500);
    expect([lease.mayWrite(), signal.aborted]).toEqual([true, false]);
    await clock.pass(500);
    expect([lease.mayWrite(), signal.aborted]).toEqual([false, true]);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
    expect(changes.at(-1)).toMatch(/could not be renewed for 25 s/);
    api.fails = undefined;
    await clock.pass(3000);
    expect([lease.mayWrite(), lease.signal.aborted]).toEqual([true, false]);
    expect(changes.at(-1)).toBeUndefined();
  });

  test('at once when a stopped process resumes, before any of its timers runs', async () => {
    const { clock, lease } = await held();
    clock.freeze(26_000);
    expect(() => lease.assertHeld()).toThrow(LeaseLostError);
  });

  test('at once after the machine slept, although the monotonic clock stood still', async () => {
    const { clock, lease } = await held();
    clock.jumpWall(3_600_000);
    expect(lease.mayWrite()).toBe(false);
  });

  test('in time even if the wall clock is set back', async () => {
    const { clock, api, lease } = await held();
    api.fails = 'unavailable';
    clock.jumpWall(-3_600_000);
    await clock.pass(25_000);
    expect(lease.mayWrite()).toBe(false);
  });

  test('for good once another has taken it: the Lease is neither retaken nor released', async () => {
    const { clock, api, lease, changes } = await held();
    clock.freeze(31_000);
    api.put(stranger(clock));
    await clock.settle();
    expect(changes.at(-1)).toMatch(/has gone to Shopyard in_b \(v2, at http:\/\/other\)/);
    await clock.pass(120_000);
    expect(lease.mayWrite()).toBe(false);
    await lease.close();
    expect(api.lease?.holder).toBe(STRANGER);
  });
});

describe('calls that change something', () => {
  test('are accepted while it is held or the API server is down, without a request each time', async () => {
    const { clock, api, lease } = await held();
    expect(await lease.refusal()).toBeUndefined();
    api.fails = 'unavailable';
    await clock.pass(60_000);
    const { asked } = api;
    expect(await Promise.all([lease.refusal(), lease.refusal()])).toEqual([undefined, undefined]);
    expect(api.asked).toBe(asked);
  });

  test('are refused with holder and remedy once another has taken it, even before a timer runs', async () => {
    const { clock, api, lease } = await held();
    api.fails = 'unavailable';
    await clock.pass(15_000);
    api.fails = undefined;
    clock.freeze(31_000);
    api.put(stranger(clock));
    const why = await lease.refusal();
    expect(why).toMatch(/has gone to Shopyard in_b \(v2, at http:\/\/other\).*stop that one and start this one again/);
    clock.freeze(3_600_000);
    expect(await lease.refusal()).toBe(why);
  });

  test('are accepted by a process that was stopped past its Lease and is still the holder', async () => {
    const { clock, lease } = await held();
    clock.freeze(31_000);
    expect(await lease.refusal()).toBeUndefined();
    expect(lease.mayWrite()).toBe(true);
  });
});

describe('at the start', () => {
  test('refuses to start if another holds the Lease', async () => {
    const { clock, api, lease } = world();
    api.put(stranger(clock));
    await expect(lease.start()).rejects.toThrow(ClusterHeldError);
    expect(api.writes).toBe(0);
  });

  test('refuses an account without access and names the missing rule', async () => {
    const { api, lease } = world();
    api.fails = 'forbidden';
    await expect(lease.start()).rejects.toThrow(
      /get, create and update for leases in coordination\.k8s\.io in namespace shopyard/,
    );
  });

  test('starts without an API server, writes nothing, and takes the Lease once it can', async () => {
    const { clock, api, lease } = world();
    api.fails = 'unavailable';
    await lease.start();
    expect(lease.trouble).toMatch(/not held yet/);
    api.fails = undefined;
    await clock.pass(2500);
    await lease.held;
    expect(lease.mayWrite()).toBe(true);
  });

  test('reports a refusal after such a start if another holds the Lease', async () => {
    const { clock, api, lease, refusals } = world();
    api.fails = 'unavailable';
    await lease.start();
    api.fails = undefined;
    api.put(stranger(clock));
    await clock.pass(2500);
    expect(refusals).toEqual([expect.stringContaining('This cluster is run by Shopyard in_b')]);
    expect(lease.mayWrite()).toBe(false);
  });
});

describe('helm', () => {
  const release = { name: 'a', namespace: 'store-a' };
  /** Runs until it is stopped. */
  const until = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  const running: Helm = {
    upgradeInstall: ({ signal }) => until(signal),
    uninstall: (_release, signal) => until(signal),
    rollback: (_release, _revision, signal) => until(signal),
    describe: () => Promise.resolve({ values: '', manifest: '' }),
    render: () => Promise.resolve(''),
  };

  test('is interrupted when the Lease is lost and does not start without it; reads continue', async () => {
    const { clock, api, lease } = await held();
    const helm = guardHelm(running, lease);
    const { signal } = new AbortController();
    const operations = (): Promise<void>[] => [
      helm.upgradeInstall({ ...release, chart: '', values: {}, labels: {}, signal }),
      helm.uninstall(release, signal),
      helm.rollback(release, 0, signal),
    ];
    const begun = Promise.all(operations());
    api.fails = 'unavailable';
    await clock.pass(25_000);
    await begun;
    const refused = await Promise.allSettled(operations());
    expect(refused.map((result) => result.status === 'rejected' && result.reason instanceof LeaseLostError)).toEqual([
      true,
      true,
      true,
    ]);
    expect(await helm.describe(release, signal)).toEqual({ values: '', manifest: '' });
  });
});

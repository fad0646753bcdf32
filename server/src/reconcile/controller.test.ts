import type { Finding } from '@shopyard/contracts';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { LeaseLostError } from '../cluster-lease/lease-errors.ts';
import { TestClock } from '../kit/testing.ts';
import { Wake } from '../kit/wake.ts';
import { ClusterError } from '../kube/errors.ts';
import { type Attempt, type Controller, createController, type Reconciler, type Result } from './controller.ts';
import { RetryError, TerminalError } from './errors.ts';

const RESYNC_MS = 5 * 60_000;
const BUSY = new RetryError('ReleaseBusy', 'not yet');

interface Run {
  key: string;
  attempt: Attempt;
  end: (result?: Result) => void;
  fail: (error: unknown) => void;
}

interface Logged {
  level: number;
  key?: string;
  msg: string;
}

interface World {
  controller: Controller;
  clock: TestClock;
  wake: Wake;
  /** Every run, oldest first; it lasts until the test ends it. */
  runs: Run[];
  failures: { key: string; finding: Finding; retryAt: Date | undefined }[];
  logged: Logged[];
  /** How often the keys were listed. */
  lists: () => number;
}

/** A controller of a fake reconciler with these keys, before its start; its jitter is the longest wait. */
function world(keys: string[] = [], afterFailure: Result = {}): World {
  const clock = new TestClock();
  const wake = new Wake();
  const runs: Run[] = [];
  const failures: World['failures'] = [];
  const logged: Logged[] = [];
  let listed = 0;
  const reconciler: Reconciler = {
    name: 'stores',
    keys() {
      listed += 1;
      return Promise.resolve(keys);
    },
    reconcile: (key, attempt) =>
      new Promise((resolve, fail) => runs.push({ key, attempt, end: (result = {}) => resolve(result), fail })),
    recordFailure(key, finding, retryAt) {
      failures.push({ key, finding, retryAt });
      return Promise.resolve(afterFailure);
    },
  };
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line) as Logged) });
  const controller = createController(reconciler, { wake, log, clock, random: () => 1 });
  return { controller, clock, wake, runs, failures, logged, lists: () => listed };
}

async function started(keys?: string[], afterFailure?: Result): Promise<World> {
  const made = world(keys, afterFailure);
  await made.controller.start();
  return made;
}

const keysOf = (runs: readonly Run[]): string[] => runs.map(({ key }) => key);
const passed = (clock: TestClock, since: Date): number => clock.now().getTime() - since.getTime();

/** Lets it run `count` times, each of which fails, and returns the waits in between, in milliseconds. */
async function failAgain({ runs, clock }: World, count: number, error: unknown): Promise<number[]> {
  const waits: number[] = [];
  for (let time = 0; time < count; time++) {
    const since = clock.now();
    const before = runs.length;
    runs.at(-1)?.fail(error);
    while (runs.length === before) await clock.pass(500);
    waits.push(passed(clock, since));
  }
  return waits;
}

describe('start and resync', () => {
  test('looks at nothing before the start, then at every key and at those woken earlier', async () => {
    const { controller, clock, wake, runs } = world(['a', 'b']);
    wake.add('c');
    await controller.lookAgain();
    await clock.settle();
    expect(runs).toEqual([]);
    await controller.start();
    expect(keysOf(runs)).toEqual(['a', 'b', 'c']);
  });

  test('looks at every key once per interval, also at those that came later', async () => {
    const keys = ['a'];
    const { clock, runs } = await started(keys);
    runs[0]?.end();
    keys.push('b');
    await clock.pass(RESYNC_MS);
    expect(keysOf(runs)).toEqual(['a']);
    await clock.pass(RESYNC_MS);
    expect(keysOf(runs).toSorted()).toEqual(['a', 'a', 'b']);
  });

  test('looks at every key when asked to', async () => {
    const { controller, clock, runs } = await started(['a']);
    runs[0]?.end();
    await clock.settle();
    await controller.lookAgain();
    expect(keysOf(runs)).toEqual(['a', 'a']);
  });
});

describe('concurrency', () => {
  test('runs 64 keys at once and the next when one ends', async () => {
    const { clock, wake, runs } = await started();
    for (let key = 0; key < 66; key++) wake.add(String(key));
    expect(runs).toHaveLength(64);
    runs[7]?.end();
    await clock.settle();
    expect(keysOf(runs).slice(64)).toEqual(['64']);
  });

  test('runs a key once at a time, and again when it was woken meanwhile', async () => {
    const { clock, wake, runs } = await started(['a']);
    wake.add('a');
    wake.add('a');
    expect(runs).toHaveLength(1);
    runs[0]?.end();
    await clock.settle();
    runs[1]?.end();
    await clock.settle();
    expect(keysOf(runs)).toEqual(['a', 'a']);
  });
});

describe('a result', () => {
  test('says when to look again, whatever happens meanwhile', async () => {
    const { clock, wake, runs } = await started(['a']);
    runs[0]?.end({ after: 4000 });
    await clock.pass(2000);
    wake.add('a');
    runs[1]?.end({ after: 60_000 });
    await clock.pass(1500);
    expect(runs).toHaveLength(2);
    await clock.pass(500);
    expect(runs).toHaveLength(3);
  });

  test('leaves the backoff as it is unless something was done', async () => {
    const made = await started(['a']);
    await failAgain(made, 3, BUSY);
    made.runs.at(-1)?.end();
    await made.clock.settle();
    made.wake.add('a');
    expect(await failAgain(made, 1, BUSY)).toEqual([4000]);
    made.runs.at(-1)?.end({ acted: true });
    await made.clock.settle();
    made.wake.add('a');
    expect(await failAgain(made, 1, BUSY)).toEqual([500]);
  });
});

describe('a failure', () => {
  test('is retried with a backoff that doubles up to a minute', async () => {
    const made = await started(['a']);
    expect(await failAgain(made, 9, BUSY)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  test('is recorded with the time of the retry; a run before that may only look', async () => {
    const { clock, wake, runs, failures } = await started(['a']);
    runs[0]?.fail(BUSY);
    await clock.settle();
    const retryAt = new Date(clock.now().getTime() + 500);
    const finding = { reason: 'ReleaseBusy', message: 'not yet', terminal: false };
    expect(failures).toEqual([{ key: 'a', finding, retryAt }]);
    wake.add('a');
    expect(runs[1]?.attempt.notBefore).toBe(retryAt.getTime());
  });

  test('waits for a new spec when it is terminal', async () => {
    const { clock, wake, runs, failures } = await started(['a']);
    runs[0]?.fail(new TerminalError('InvalidValues', 'no'));
    await clock.pass(RESYNC_MS);
    expect(runs).toHaveLength(1);
    expect(failures).toMatchObject([{ finding: { reason: 'InvalidValues', terminal: true }, retryAt: undefined }]);
    wake.interrupt('a');
    expect(runs[1]?.attempt.notBefore).toBe(0);
  });

  test('is looked at again when the one who recorded it says so', async () => {
    const { clock, runs } = await started(['a'], { after: 10_000 });
    runs[0]?.fail(new TerminalError('InvalidValues', 'no'));
    await clock.pass(10_000);
    expect(keysOf(runs)).toEqual(['a', 'a']);
  });

  test('of a lost Lease is none: it looks again at once', async () => {
    const { clock, runs, failures } = await started(['a']);
    runs[0]?.fail(new LeaseLostError());
    await clock.settle();
    expect(keysOf(runs)).toEqual(['a', 'a']);
    expect(failures).toEqual([]);
  });

  const LOGGED = [
    { name: 'RetryError at info', error: BUSY, level: 30, msg: 'not yet' },
    { name: 'TerminalError as a warning', error: new TerminalError('InvalidValues', 'no'), level: 40, msg: 'no' },
    { name: 'a ClusterError as a warning', error: new ClusterError('unavailable', 'down'), level: 40, msg: 'down' },
    { name: 'a defect as an error', error: new Error('oops'), level: 50, msg: 'reconcile failed unexpectedly' },
  ];
  test.each(LOGGED)('is logged: $name', async ({ error, level, msg }) => {
    const { clock, runs, logged } = await started(['a']);
    runs[0]?.fail(error);
    await clock.settle();
    expect(logged).toMatchObject([{ level, msg, key: 'a', reconciler: 'stores' }]);
  });

  test('that is a defect is retried with backoff and not recorded', async () => {
    const made = await started(['a']);
    expect(await failAgain(made, 3, new Error('oops'))).toEqual([500, 1000, 2000]);
    expect(made.failures).toEqual([]);
  });
});

describe('interrupt and shutdown', () => {
  test('an interrupt aborts the run, ignores what it throws, and drops the backoff', async () => {
    const made = await started(['a']);
    await failAgain(made, 4, BUSY);
    const { clock, wake, runs, failures } = made;
    const running = runs.at(-1);
    wake.interrupt('a');
    expect(running?.attempt.signal.aborted).toBe(true);
    running?.fail(new Error('aborted'));
    await clock.settle();
    expect(runs.at(-1)?.attempt).toMatchObject({ notBefore: 0, signal: { aborted: false } });
    expect([runs.length, failures.length]).toEqual([6, 4]);
    expect(await failAgain(made, 1, BUSY)).toEqual([500]);
  });

  test('closing aborts what runs, waits for it, and looks at nothing more', async () => {
    const { controller, clock, wake, runs, failures, lists } = await started(['a']);
    let closed = false;
    const closing = controller.close().then(() => (closed = true));
    expect(runs[0]?.attempt.signal.aborted).toBe(true);
    await clock.settle();
    expect(closed).toBe(false);
    runs[0]?.fail(BUSY);
    await closing;
    wake.add('b');
    await clock.pass(2 * RESYNC_MS);
    expect(keysOf(runs)).toEqual(['a']);
    expect(failures).toEqual([]);
    expect(lists()).toBe(1);
  });
});

/** Changes of a store that works wait for its window; the calls and the watch that end the wait. Time is the tests' own. */
import { type ChangeWindow, type Phase, type Store, ShopyardError } from '@shopyard/contracts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClock } from '../../kit/clock.ts';
import { createChangeWatch } from './change-watch.ts';
import { createStoreCalendar } from './store-calendar.ts';
import { createStoreCalls, type StoreCalls } from './store-calls.ts';
import { callerOf, type CallChecks, openCallChecks } from './testing.ts';
import { createWaitingCalls } from './waiting-changes.ts';

const ANN = callerOf('ann');
/** 1 June 2026 is a Monday. */
const MONDAY = '2026-06-01T12:00:00.000Z';
const OPENING = '2026-06-02T00:00:00.000Z';
const WINDOW: ChangeWindow = { tz: 'Europe/Berlin', days: ['tue'], from: '02:00', to: '04:00' };
const MEDIUM = { size: 'medium' };

let checks: CallChecks;
let calls: StoreCalls;
let waiting: ReturnType<typeof createWaitingCalls>;
let time: string;
let id: string;
let mayWrite: boolean;

beforeEach(async () => {
  time = MONDAY;
  mayWrite = true;
  checks = { ...(await openCallChecks(() => new Date(time))), window: WINDOW };
  calls = createStoreCalls(checks);
  waiting = createWaitingCalls(checks);
  ({ id } = await calls.create({ name: 'alpha', engine: 'woocommerce', values: {} }, ANN));
  await become('Ready');
});
afterEach(() => checks.storage.close());

/** As a reconciler would record it. */
async function become(phase: Phase): Promise<void> {
  const { storage, present, liveStores } = checks;
  const record = await storage.stores.find(id);
  if (!record) throw new Error('the store is gone');
  const step = 'StorefrontVerified';
  const state = phase === 'Failed' ? 'failed' : 'done';
  await storage.recorded(async (writes) => {
    await writes.update(record, { ...record, phase, observedGeneration: record.generation }, []);
    await writes.advanceOperation(id, { state, step }, time);
  });
  const now = await storage.stores.find(id);
  if (now) liveStores.set(present(now));
}

/** Lets a server look once at this time. */
async function lookAt(at: string): Promise<Store | undefined> {
  time = at;
  const looked = Promise.withResolvers<void>();
  const after = () => (looked.resolve(), () => undefined);
  const clock = { ...createClock(), now: () => new Date(time), after };
  const process = { log: pino({ level: 'silent' }), clock };
  const watch = createChangeWatch({ calls: checks, mayWrite: () => mayWrite, process });
  watch.start();
  await looked.promise;
  watch.close();
  return checks.liveStores.get(id);
}

const own = async (): Promise<unknown> => (await checks.storage.stores.find(id))?.values;
const revisions = async (): Promise<unknown[]> =>
  (await checks.storage.revisions.list(id, { limit: 9 })).map(({ generation, actor, reason, at }) => [
    generation,
    actor,
    reason,
    at,
  ]);
async function entries(): Promise<string[]> {
  const all = await checks.storage.history.ofStore(id);
  return all
    .filter(({ kind }) => kind === 'call')
    .map(({ actor, what, message }) => `${actor} ${what} ${message}`.trim());
}

test('a change outside the window waits, and nothing else of the store changes', async () => {
  const store = await calls.update({ id, values: MEDIUM, labels: { team: 'ops' }, reason: 'a sale' }, ANN);
  expect(store.operation).toEqual({
    id: expect.stringMatching(/^op_/),
    kind: 'change',
    step: 'Window',
    state: 'waiting',
    since: MONDAY,
    notBefore: OPENING,
    tz: 'Europe/Berlin',
  });
  expect(store).toMatchObject({ phase: 'Ready', generation: 1, labels: { team: 'ops' } });
  expect(await own()).toEqual({});
  expect(await entries()).toEqual([
    'ann create',
    'ann update size, labels; reason: a sale; waits until Tue 02:00 Europe/Berlin',
  ]);
});

test('it begins at the window’s start, once, with the revision of whoever asked for it', async () => {
  await calls.update({ id, values: MEDIUM, reason: 'a sale' }, ANN);
  expect(await lookAt('2026-06-01T23:59:59.000Z')).toMatchObject({ generation: 1 });
  mayWrite = false;
  expect(await lookAt(OPENING)).toMatchObject({ generation: 1 });
  mayWrite = true;
  expect(await lookAt(OPENING)).toMatchObject({ generation: 2, operation: { state: 'running', since: OPENING } });
  expect(await lookAt('2026-06-02T00:01:00.000Z')).toMatchObject({ generation: 2 });
  expect(await own()).toEqual(MEDIUM);
  expect(await revisions()).toEqual([
    [2, 'ann', 'a sale', OPENING],
    [1, 'ann', undefined, MONDAY],
  ]);
  expect((await entries()).slice(2)).toEqual(['schedule update in its window: size, asked for by ann']);
});

test('a window that passed while no server ran begins nothing, and the change waits for the next', async () => {
  await calls.update({ id, values: MEDIUM }, ANN);
  const next = '2026-06-09T00:00:00.000Z';
  expect(await lookAt('2026-06-02T05:00:00.000Z')).toMatchObject({ generation: 1, operation: { notBefore: next } });
  expect((await entries()).at(-1)).toBe(
    'schedule change-postponed waits until Tue 02:00 Europe/Berlin: size, asked for by ann',
  );
  expect(await lookAt(next)).toMatchObject({ generation: 2 });
});

test('a window of its own comes before the platform’s, and a change that waits follows it', async () => {
  const calendar = createStoreCalendar(checks);
  await calls.update({ id, values: MEDIUM }, ANN);
  await calendar.setWindow({ id, window: { ...WINDOW, days: ['wed'] } }, ANN);
  expect(await lookAt(OPENING)).toMatchObject({ operation: { notBefore: '2026-06-03T00:00:00.000Z' } });
  await calendar.setWindow({ id, window: { ...WINDOW, days: ['tue'], from: '02:30' } }, ANN);
  expect(await lookAt('2026-06-02T00:30:00.000Z')).toMatchObject({ generation: 2 });
});

test('within the window, and of a store that does not work, a change begins at once', async () => {
  time = OPENING;
  expect(await calls.update({ id, values: MEDIUM }, ANN)).toMatchObject({ generation: 2 });
  time = MONDAY;
  // While it runs, the last one wins.
  expect(await calls.update({ id, values: { size: 'small' } }, ANN)).toMatchObject({ generation: 3 });
  await become('Failed');
  expect(await calls.update({ id, values: {} }, ANN)).toMatchObject({ generation: 4 });
  await become('Degraded');
  const store = await calls.rollback({ id, to: 2 }, ANN);
  expect(store).toMatchObject({ generation: 5, operation: { kind: 'rollback', state: 'running' } });
});

test('somebody who says why need not wait', async () => {
  const now = { id, values: MEDIUM, window: 'now', reason: 'the shop is closed anyway' } as const;
  expect(await calls.update(now, ANN)).toMatchObject({ generation: 2 });
  expect((await entries()).at(-1)).toBe('ann update size; at once; reason: the shop is closed anyway');
});

test('a rollback waits as well, and applies what it was asked for', async () => {
  await calls.update({ id, values: MEDIUM, window: 'now', reason: 'test' }, ANN);
  await become('Ready');
  expect(await calls.rollback({ id, to: 1 }, ANN)).toMatchObject({
    generation: 2,
    operation: { kind: 'rollback', state: 'waiting' },
  });
  expect(await lookAt(OPENING)).toMatchObject({ generation: 3, operation: { kind: 'rollback', state: 'running' } });
  expect(await own()).toEqual({});
  expect((await checks.storage.revisions.find(id, 3))?.rolledBackTo).toBe(1);
});

test('another change is refused while one waits, labels are not, and nothing is lost', async () => {
  const { operation } = await calls.update({ id, values: MEDIUM }, ANN);
  const refused = { code: 'busy', message: expect.stringContaining(String(operation?.id)) };
  const other = { id, values: { size: 'small' } };
  await expect(calls.update(other, ANN)).rejects.toMatchObject(refused);
  await expect(calls.update({ ...other, window: 'now', reason: 'hurry' }, ANN)).rejects.toMatchObject(refused);
  expect(await calls.update({ id, labels: { team: 'ops' } }, ANN)).toMatchObject({ operation: { state: 'waiting' } });
  expect(await lookAt(OPENING)).toMatchObject({ generation: 2, labels: { team: 'ops' } });
  expect(await own()).toEqual(MEDIUM);
});

test('a change that waits is taken back, and can’t be once it runs', async () => {
  await calls.update({ id, values: MEDIUM }, ANN);
  expect((await waiting.cancel(id, callerOf('bob'))).operation).toBeUndefined();
  expect((await entries()).at(-1)).toBe('bob cancel size, asked for by ann');
  expect(await lookAt(OPENING)).toMatchObject({ generation: 1 });
  expect(await own()).toEqual({});
  await expect(waiting.cancel(id, ANN)).rejects.toMatchObject({ code: 'unavailable' });
  await calls.update({ id, values: MEDIUM }, ANN);
  await expect(waiting.cancel(id, ANN)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await own()).toEqual(MEDIUM);
});

test('a change that waits is applied now for a reason, by whoever asks', async () => {
  await calls.update({ id, values: MEDIUM, reason: 'a sale' }, ANN);
  const store = await waiting.applyNow({ id, reason: 'the sale is today' }, callerOf('bob'));
  expect(store).toMatchObject({ generation: 2, operation: { state: 'running' } });
  expect((await entries()).at(-1)).toBe('bob apply-now size, asked for by ann; reason: the sale is today');
  expect((await revisions())[0]).toEqual([2, 'ann', 'a sale', MONDAY]);
  await expect(waiting.applyNow({ id, reason: 'again' }, ANN)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a change of a suspended store waits for the resume, says so, and is taken back', async () => {
  await calls.suspend({ id }, ANN);
  await become('Suspended');
  const { operation } = await calls.update({ id, values: MEDIUM, window: 'now', reason: 'a sale' }, ANN);
  expect(operation).toEqual({
    id: expect.stringMatching(/^op_/),
    kind: 'change',
    step: 'Resume',
    state: 'waiting',
    since: MONDAY,
  });
  expect((await entries()).at(-1)).toBe('ann update size; reason: a sale; waits until the store resumes');
  const other = { id, values: { size: 'small' } };
  const message = `a change by ann waits until the store resumes (${operation?.id}): cancel it, then repeat your change`;
  await expect(calls.update(other, ANN)).rejects.toMatchObject({ code: 'busy', message });
  expect(await lookAt(OPENING)).toMatchObject({ generation: 1, operation: { state: 'waiting' } });
  const now = waiting.applyNow({ id, reason: 'hurry' }, ANN);
  await expect(now).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('resume it') });
  expect((await waiting.cancel(id, callerOf('bob'))).operation).toBeUndefined();
  expect(await calls.rollback({ id, to: 1 }, ANN).catch(String)).toMatch(/has the values/);
  expect(await calls.resume(id, ANN)).toMatchObject({ generation: 1, operation: { kind: 'resume' } });
  expect(await own()).toEqual({});
});

test('a change that waits for its window is left to the resume once that opens while the store is suspended', async () => {
  await calls.update({ id, values: MEDIUM }, ANN);
  await calls.suspend({ id }, ANN);
  await become('Suspended');
  expect(await lookAt(OPENING)).toMatchObject({ generation: 1, operation: { state: 'waiting', step: 'Resume' } });
  expect((await entries()).at(-1)).toBe(
    'schedule change-postponed waits until the store resumes: size, asked for by ann',
  );
  // Neither a window that is closed by then nor a second one holds it back.
  time = '2026-06-02T12:00:00.000Z';
  expect(await calls.resume(id, ANN)).toMatchObject({ generation: 2, operation: { kind: 'change', state: 'running' } });
  expect(await own()).toEqual(MEDIUM);
});

test('values that are refused by now end the wait and leave the store as it is', async () => {
  await checks.storage.audited({ caller: ANN, action: 'stores.update', at: new Date(time) }, (writes) =>
    writes.keepWaiting(id, { kind: 'change', values: { gone: 1 }, notBefore: OPENING, tz: 'Etc/UTC' }),
  );
  await expect(waiting.applyNow({ id, reason: 'hurry' }, ANN)).rejects.toBeInstanceOf(ShopyardError);
  const store = await lookAt(OPENING);
  expect(store).toMatchObject({ phase: 'Ready', generation: 1 });
  expect(store?.operation).toBeUndefined();
  expect((await entries()).at(-1)).toMatch(/^schedule change-refused refused, as values.gone: .* asked for by ann$/);
  expect(await checks.storage.operations.list(id)).toMatchObject([{ state: 'failed' }]);
});

test('a deletion takes what waits with it, and a suspension leaves it waiting', async () => {
  await calls.update({ id, values: MEDIUM }, ANN);
  expect(await calls.suspend({ id }, ANN)).toMatchObject({ operation: { kind: 'suspend', state: 'running' } });
  await become('Suspended');
  expect(checks.liveStores.get(id)).toMatchObject({ operation: { kind: 'change', state: 'waiting' } });
  const store = await calls.remove(id, ANN);
  expect(store.operation).toBeUndefined();
  expect(await lookAt(OPENING)).toMatchObject({ phase: 'Deleting', generation: 1 });
});

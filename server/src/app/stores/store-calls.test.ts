import type { AuditedAction, Caller, Store, UpdateStore } from '@shopyard/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WOOCOMMERCE } from '../../domain/testing.ts';
import type { LiveStores } from '../../live/live-stores.ts';
import type { Storage } from '../../storage/storage.ts';
import { createPlanCalls } from './plan/apply-plan.ts';
import { requireStore } from './require-store.ts';
import { createStoreCalls, type StoreCalls } from './store-calls.ts';
import { createStoreCalendar, type StoreCalendar } from './store-calendar.ts';
import { callerOf, openCallChecks } from './testing.ts';
import { createWaitingCalls } from './waiting-changes.ts';
import { createReveals } from '../access/reveals.ts';
import { createStoreLogins, type StoreLogins } from './store-logins.ts';

type StoreAction = Extract<AuditedAction, `stores.${string}`>;
type Call = (id: string, caller: Caller) => Promise<unknown>;

const AT = '2026-01-01T12:00:00.000Z';
const INPUT = { name: 'alpha', engine: 'woocommerce', values: {} };
const SOMEBODY = callerOf('somebody');

let storage: Storage;
let calls: StoreCalls;
let calendar: StoreCalendar;
let waiting: ReturnType<typeof createWaitingCalls>;
let logins: StoreLogins;
let planCalls: ReturnType<typeof createPlanCalls>;
let time: string;
let store: Store;
let liveStores: LiveStores;

beforeEach(async () => {
  time = AT;
  const checks = await openCallChecks(() => new Date(time));
  ({ storage, liveStores } = checks);
  const { engines, now } = checks;
  calls = createStoreCalls(checks);
  calendar = createStoreCalendar(checks);
  waiting = createWaitingCalls(checks);
  planCalls = createPlanCalls({ plans: storage.plans, calls, now });
  const credentials = WOOCOMMERCE.credentials({ name: 'alpha' }, (length) => 'x'.repeat(length));
  logins = createStoreLogins({
    storage,
    liveStores,
    engines,
    reach: {
      credentialsOf: () => Promise.resolve(credentials),
      request: () => Promise.resolve({ status: 200, headers: {}, body: '{"signIn":1,"now":1000}' }),
    },
    reveals: createReveals(storage.people, now),
    now,
  });
  store = await calls.create(INPUT, SOMEBODY);
});
afterEach(() => storage.close());

/** What the history says that this user called, on any store. */
async function callsBy(user: string): Promise<object[]> {
  const all = await Promise.all((await storage.stores.list()).map(({ id }) => storage.history.ofStore(id)));
  return all
    .flat()
    .filter(({ kind, actor }) => kind === 'call' && actor === user)
    .map(({ at, kind, actor, what, message }) => ({ at, kind, actor, what, message }));
}

const remove: Call = (id, caller) => calls.remove(id, caller);
const force: Call = (id, caller) => calls.forceRemove({ id, confirm: 'alpha' }, caller);
const restart: Call = (id, caller) => calls.restart({ id }, caller);
const suspend: Call = (id, caller) => calls.suspend({ id, reason: 'holidays' }, caller);
const TOKYO = { tz: 'Asia/Tokyo', sleep: '0 20 * * *', wake: '0 7 * * *' };
const schedule: Call = (id, caller) => calendar.setSchedule({ id, schedule: TOKYO }, caller);
const expire: Call = (id, caller) =>
  calendar.setExpiry({ id, expiry: { at: '2099-01-01T00:00:00.000Z', action: 'delete' } }, caller);
const NIGHT = { tz: 'Etc/UTC', days: ['tue' as const], from: '02:00', to: '04:00' };
const wait: Call = (id) => {
  const change = { kind: 'change', values: { size: 'medium' }, notBefore: AT, tz: 'Etc/UTC' } as const;
  const call = { caller: callerOf('bob'), action: 'stores.update', at: new Date(AT) } as const;
  return storage.audited(call, (writes) => writes.keepWaiting(id, change));
};
const cancel: Call = (id, caller) => waiting.cancel(id, caller);
const becomeReady: Call = (id) => Promise.resolve(liveStores.set({ ...requireStore(liveStores, id), phase: 'Ready' }));
const PLAN = { id: 'pl_1', generation: 1, refused: undefined, actor: 'ann', expiresAt: '2026-01-01T12:10:00.000Z' };
const keepPlan: Call = (id) => storage.plans.keep({ ...PLAN, input: { id, values: { size: 'medium' } } }, new Date(AT));
const applyPlan: Call = (_id, caller) => planCalls.applyPlan({ planId: 'pl_1', reason: 'a sale' }, caller);
const create: Call = (_id, caller) => calls.create({ ...INPUT, name: 'beta' }, caller);
const retry: Call = (id, caller) => calls.retry(id, caller);

/** A new call doesn't compile without its line; adoptions are in adopt-stores.test.ts. */
const CALLS: Record<StoreAction, { what: string; message?: string; before?: Call; call: Call }[]> = {
  'stores.create': [{ what: 'create', call: create }],
  'stores.update': [{ what: 'update', call: (id, caller) => calls.update({ id, values: {} }, caller) }],
  'stores.applyPlan': [{ what: 'update', message: 'size; reason: a sale', before: keepPlan, call: applyPlan }],
  'stores.rollback': [
    {
      what: 'rollback',
      message: 'to generation 1 (size); reason: too dear',
      before: (id, caller) => calls.update({ id, values: { size: 'medium' } }, caller),
      call: (id, caller) => calls.rollback({ id, to: 1, reason: 'too dear' }, caller),
    },
  ],
  'stores.remove': [{ what: 'delete', call: remove }],
  'stores.forceRemove': [{ what: 'force-remove', before: remove, call: force }],
  'stores.retry': [
    { what: 'retry', call: retry },
    { what: 'retry', before: remove, call: retry },
  ],
  'stores.restart': [{ what: 'restart', message: 'WordPress', before: becomeReady, call: restart }],
  'stores.suspend': [{ what: 'suspend', message: 'reason: holidays', call: suspend }],
  'stores.resume': [{ what: 'resume', before: suspend, call: (id, caller) => calls.resume(id, caller) }],
  'stores.setSchedule': [
    { what: 'schedule', message: 'sleep 0 20 * * *, wake 0 7 * * *, Asia/Tokyo', call: schedule },
    { what: 'schedule', message: 'none', call: (id, caller) => calendar.setSchedule({ id, schedule: null }, caller) },
  ],
  'stores.setExpiry': [{ what: 'expiry', message: 'delete at 2099-01-01T00:00:00.000Z', call: expire }],
  'stores.setWindow': [
    {
      what: 'window',
      message: 'tue 02:00 to 04:00 Etc/UTC',
      call: (id, caller) => calendar.setWindow({ id, window: NIGHT }, caller),
    },
    { what: 'window', message: 'none', call: (id, caller) => calendar.setWindow({ id, window: null }, caller) },
  ],
  'stores.cancel': [{ what: 'cancel', message: 'size, asked for by bob', before: wait, call: cancel }],
  'stores.applyNow': [
    {
      what: 'apply-now',
      message: 'size, asked for by bob; reason: a sale',
      before: wait,
      call: (id, caller) => waiting.applyNow({ id, reason: 'a sale' }, caller),
    },
  ],
  'stores.credentials': [{ what: 'credentials', call: (id, caller) => logins.credentials({ id }, caller) }],
  'stores.loginLink': [{ what: 'login-link', call: (id, caller) => logins.loginLink({ id }, caller) }],
};

test('creates no store of an engine that is not available, and says what helps', async () => {
  const checks = await openCallChecks(() => new Date(AT));
  const refusing = createStoreCalls({ ...checks, whyUnavailable: (engine) => `install ${engine}` });
  await expect(refusing.create(INPUT, SOMEBODY)).rejects.toMatchObject({
    code: 'validation_failed',
    issues: [{ field: 'engine', message: 'install woocommerce' }],
  });
  await checks.storage.close();
});

test.each(Object.entries(CALLS).flatMap(([action, cases]) => cases.map((one) => ({ action, ...one }))))(
  '$action leaves exactly one entry, with its caller and time',
  async ({ what, message = '', before, call }) => {
    await before?.(store.id, SOMEBODY);
    await call(store.id, callerOf('ann'));
    expect(await callsBy('ann')).toEqual([{ at: AT, kind: 'call', actor: 'ann', what, message }]);
  },
);

test.each<[string, Call]>([
  ['a repeated create under the same key', create],
  ['a second deletion', remove],
  ['a second suspension', suspend],
])('%s leaves no second entry', async (_title, call) => {
  const ann = callerOf('ann', 'key');
  await call(store.id, ann);
  await call(store.id, ann);
  expect(await callsBy('ann')).toHaveLength(1);
});

test.each<[string, { before?: Call; call: Call; code: string }]>([
  ['a create of a name that is taken', { call: (_id, ann) => calls.create(INPUT, ann), code: 'name_taken' }],
  [
    'another create under the same key',
    {
      before: create,
      call: (_id, ann) => calls.create({ ...INPUT, name: 'gamma' }, ann),
      code: 'idempotency_mismatch',
    },
  ],
  [
    'an update with values that the chart refuses',
    { call: (id, ann) => calls.update({ id, values: { nonsense: 1 } }, ann), code: 'validation_failed' },
  ],
  [
    'an update of a store that is being deleted',
    { before: remove, call: (id, ann) => calls.update({ id, values: {} }, ann), code: 'being_deleted' },
  ],
  [
    'an update made for another generation',
    { call: (id, ann) => calls.update({ id, values: {}, generation: 7 }, ann), code: 'generation_mismatch' },
  ],
  [
    'a plan of a store that has changed since',
    {
      before: async (id, ann) => {
        await keepPlan(id, ann);
        await calls.update({ id, values: {} }, ann);
      },
      call: applyPlan,
      code: 'generation_mismatch',
    },
  ],
  [
    'a plan after ten minutes',
    {
      before: async (id, ann) => {
        await keepPlan(id, ann);
        time = PLAN.expiresAt;
      },
      call: applyPlan,
      code: 'plan_expired',
    },
  ],
  ['an unknown plan', { call: applyPlan, code: 'plan_expired' }],
  [
    'a plan of something that the cluster refuses',
    {
      before: (id) =>
        storage.plans.keep({ ...PLAN, refused: 'the cluster refuses it', input: { id, values: {} } }, new Date(AT)),
      call: applyPlan,
      code: 'validation_failed',
    },
  ],
  [
    'a plan of a new store whose name is taken by now',
    {
      before: () => storage.plans.keep({ ...PLAN, generation: 0, input: { name: 'alpha', values: {} } }, new Date(AT)),
      call: applyPlan,
      code: 'name_taken',
    },
  ],
  [
    'a schedule with a time that is none',
    {
      call: (id, ann) => calendar.setSchedule({ id, schedule: { ...TOKYO, wake: 'at dawn' } }, ann),
      code: 'validation_failed',
    },
  ],
  [
    'an expiry in the past',
    {
      call: (id, ann) => calendar.setExpiry({ id, expiry: { at: '2020-01-01T00:00:00.000Z', action: 'suspend' } }, ann),
      code: 'validation_failed',
    },
  ],
  [
    'an expiry that deletes, by a caller who may not delete,',
    { call: (id, ann) => expire(id, { ...ann, roles: ['operator'] }), code: 'forbidden' },
  ],
  ['a schedule of a store that is being deleted', { before: remove, call: schedule, code: 'being_deleted' }],
  ['a cancel where nothing waits', { call: cancel, code: 'unavailable' }],
  [
    'an update while a change waits',
    { before: wait, call: (id, ann) => calls.update({ id, values: {} }, ann), code: 'busy' },
  ],
  ['a restart before anything runs', { call: restart, code: 'unavailable' }],
  ['a forced deletion before the deletion', { call: force, code: 'not_deleting' }],
])('%s is refused and leaves no entry', async (_title, { before, call, code }) => {
  const ann = callerOf('ann', 'key');
  await before?.(store.id, ann);
  const entries = await callsBy('ann');
  await expect(call(store.id, ann)).rejects.toMatchObject({ code });
  expect(await callsBy('ann')).toEqual(entries);
});

test.each<{ name: string; change: Omit<UpdateStore, 'id'>; generation: number; message: string }>([
  { name: 'other values', change: { values: { size: 'medium' } }, generation: 2, message: 'size' },
  { name: 'the same values', change: { values: {} }, generation: 2, message: '' },
  { name: 'labels', change: { labels: { team: 'ops' } }, generation: 1, message: 'labels' },
  { name: 'labels and the same values', change: { labels: { a: 'b' }, values: {} }, generation: 1, message: 'labels' },
  {
    name: 'labels and other values',
    change: { labels: {}, values: { store: { title: 'T', currency: 'USD' } }, generation: 1 },
    generation: 2,
    message: 'store.currency, store.title',
  },
])('an update with $name leads to generation $generation and names what changed', async (row) => {
  const { change, generation, message } = row;
  const updated = await calls.update({ id: store.id, ...change }, callerOf('ann'));
  expect(updated).toMatchObject({ generation, ...(change.labels ? { labels: change.labels } : {}) });
  expect(await callsBy('ann')).toEqual([{ at: AT, kind: 'call', actor: 'ann', what: 'update', message }]);
});

test("an operator's change leaves what an administrator set, and may not change it, whichever call makes it", async () => {
  const admin = callerOf('ann');
  const operator = { ...callerOf('bob'), roles: ['operator'] as const };
  const { id } = store;
  const valuesOf = async (): Promise<unknown> => (await storage.stores.find(id))?.values;
  await calls.update({ id, values: { size: 'small', cron: { enabled: false } } }, admin);
  await calls.update({ id, values: {} }, operator);
  expect(await valuesOf()).toEqual({ cron: { enabled: false } });
  await calls.update({ id, values: { store: { title: 'B' }, cron: { enabled: false } } }, operator);
  expect(await valuesOf()).toEqual({ store: { title: 'B' }, cron: { enabled: false } });
  const refused = { code: 'validation_failed', issues: [{ field: 'values.cron.enabled' }] };
  await expect(calls.update({ id, values: { cron: { enabled: true } } }, operator)).rejects.toMatchObject(refused);
  await expect(
    calls.create({ ...INPUT, name: 'gamma', values: { cron: { enabled: false } } }, operator),
  ).rejects.toMatchObject(refused);
  await storage.plans.keep(
    { ...PLAN, generation: 4, input: { id, values: { cron: { enabled: true } } } },
    new Date(AT),
  );
  await expect(planCalls.applyPlan({ planId: 'pl_1' }, operator)).rejects.toMatchObject(refused);
  // Generation 2 had other values of both kinds.
  await calls.rollback({ id, to: 1 }, operator);
  expect(await valuesOf()).toEqual({ cron: { enabled: false } });
});

/** What a calendar asks for is carried out once, by a caller of its own, whatever was missed. */
import { DEFAULT_ENGINE, type Store } from '@shopyard/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pino } from 'pino';
import { toStore } from '../../domain/present-store.ts';
import type { StoreRecord } from '../../domain/store.ts';
import { EMPTY_VIEW, WOOCOMMERCE } from '../../domain/testing.ts';
import { createClock } from '../../kit/clock.ts';
import { Hub } from '../../live/hub.ts';
import { LiveStores } from '../../live/live-stores.ts';
import { openDatabase } from '../../storage/sqlite/database.ts';
import { createSqliteStorage } from '../../storage/sqlite/sqlite-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { createCalendarWatch } from './calendar-watch.ts';

const ANN = { user: { name: 'ann' }, roles: ['admin'], via: 'dashboard' } as const;
const ID = 'st_1';
const SCHEDULE = { tz: 'Etc/UTC', sleep: '0 20 * * *', wake: '0 7 * * *', since: '2026-06-01T12:00:00.000Z' };

let storage: Storage;
let liveStores: LiveStores;
let mayWrite: boolean;

const present = (record: StoreRecord): Store => toStore(record, EMPTY_VIEW, WOOCOMMERCE);

beforeEach(async () => {
  storage = createSqliteStorage(await openDatabase(':memory:'), () => 'http://alpha.localhost');
  const cluster = { kind: 'embedded', synced: true } as const;
  liveStores = new LiveStores(new Hub(), { version: '0', storeUrl: '', engines: [], cluster });
  mayWrite = true;
  const createdAt = '2026-06-01T12:00:00.000Z';
  const own = { id: ID, name: 'alpha', namespace: 'store-alpha', engine: DEFAULT_ENGINE, createdBy: 'ann', createdAt };
  const call = { caller: ANN, action: 'stores.create', at: new Date(createdAt) } as const;
  await storage.audited(call, (writes) => writes.create({ ...own, values: {}, profile: {} }, '{}'));
});
afterEach(() => storage.close());

async function give(profile: StoreRecord['profile']): Promise<void> {
  const call = { caller: ANN, action: 'stores.setSchedule', at: new Date(SCHEDULE.since) } as const;
  const record = await storage.audited(call, (writes) => writes.replaceProfile(ID, profile));
  if (record) liveStores.set(present(record));
}

/** Lets a server begin at this time, look once, and end. */
async function lookAt(time: string): Promise<StoreRecord | undefined> {
  const looked = Promise.withResolvers<void>();
  const clock = { ...createClock(), now: () => new Date(time), after: () => (looked.resolve(), () => undefined) };
  const watch = createCalendarWatch({
    storage,
    liveStores,
    present,
    reconciler: { add: () => undefined, interrupt: () => undefined },
    mayWrite: () => mayWrite,
    process: { log: pino({ level: 'silent' }), clock },
  });
  watch.start();
  await looked.promise;
  watch.close();
  return storage.stores.find(ID);
}

async function calls(): Promise<string[]> {
  const entries = await storage.history.ofStore(ID);
  return entries.filter(({ actor }) => actor === 'schedule').map(({ what, message }) => `${what} ${message}`);
}

test('a schedule suspends and resumes, once each; the latest of missed times counts', async () => {
  await give({ labels: { team: 'ops' }, schedule: SCHEDULE });
  expect(await lookAt('2026-06-01T19:59:00.000Z')).toMatchObject({ desired: 'present' });
  expect(await lookAt('2026-06-01T20:00:10.000Z')).toMatchObject({ desired: 'suspended', generation: 1 });
  await lookAt('2026-06-01T20:00:25.000Z');
  const woken = await lookAt('2026-06-20T07:00:00.000Z');
  expect(woken).toMatchObject({ desired: 'present', resumedAt: '2026-06-20T07:00:00.000Z' });
  expect(woken?.profile).toEqual({
    labels: { team: 'ops' },
    schedule: { ...SCHEDULE, since: '2026-06-20T07:00:00.000Z' },
  });
  expect(await calls()).toEqual(['suspend as scheduled', 'resume as scheduled']);
});

test('whoever resumes the store in between is obeyed until the next time', async () => {
  await give({ schedule: SCHEDULE });
  await lookAt('2026-06-01T20:00:00.000Z');
  const call = { caller: ANN, action: 'stores.resume', at: new Date('2026-06-01T21:00:00.000Z') } as const;
  const record = await storage.audited(call, (writes) => writes.resume(ID));
  if (record) liveStores.set(present(record));
  expect(await lookAt('2026-06-01T23:00:00.000Z')).toMatchObject({ desired: 'present' });
  expect(await lookAt('2026-06-02T20:00:00.000Z')).toMatchObject({ desired: 'suspended' });
});

test('an expiry warns twice and then suspends; only a call resumes, and takes the expiry away', async () => {
  const expiry = { at: '2026-06-10T12:00:00.000Z', action: 'suspend' } as const;
  await give({ schedule: SCHEDULE, expiry });
  for (const time of ['2026-06-07T12:30:00.000Z', '2026-06-07T13:00:00.000Z', '2026-06-09T13:00:00.000Z'])
    expect(await lookAt(time)).toMatchObject({ desired: 'present' });
  expect(await lookAt('2026-06-10T12:00:00.000Z')).toMatchObject({ desired: 'suspended' });
  expect(await lookAt('2026-06-11T07:30:00.000Z')).toMatchObject({ desired: 'suspended' });
  const warning = 'expires-soon to be suspended at 2026-06-10T12:00:00.000Z';
  expect(await calls()).toEqual([warning, warning, 'suspend expired']);
  const call = { caller: ANN, action: 'stores.resume', at: new Date('2026-06-11T08:00:00.000Z') } as const;
  const resumed = await storage.audited(call, (writes) => writes.resume(ID));
  expect(resumed?.profile).not.toHaveProperty('expiry');
});

test('an expiry deletes; a server that may not write waits', async () => {
  await give({ expiry: { at: '2026-06-10T12:00:00.000Z', action: 'delete' } });
  mayWrite = false;
  expect(await lookAt('2026-06-10T12:00:00.000Z')).toMatchObject({ desired: 'present' });
  mayWrite = true;
  expect(await lookAt('2026-06-10T12:00:00.000Z')).toMatchObject({ desired: 'absent' });
  expect(await calls()).toEqual(['delete expired']);
});

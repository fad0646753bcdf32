import type { Caller, ShopyardError, TeamLimits, TooManyRequestsError } from '@shopyard/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import { readyStore, WAITING } from '../../domain/testing.ts';
import { createStoreCalls, type StoreCalls } from './store-calls.ts';
import { loadOf, useOf } from './team-quotas.ts';
import { type CallChecks, openCallChecks } from './testing.ts';

const HOUR_MS = 3_600_000;
const OLGA: Caller = { user: { name: 'olga' }, roles: [], teams: { shops: 'owner' }, via: 'rest' };

let checks: CallChecks;
let calls: StoreCalls;
let at: Date;
beforeEach(async () => {
  at = new Date('2026-01-01T12:00:00.000Z');
  const opened = await openCallChecks(() => at);
  // Nothing is in the cluster yet.
  checks = { ...opened, partsOf: (store) => ({ ...opened.partsOf(store), claims: [] }) };
  calls = createStoreCalls(checks);
});

async function limit(limits: TeamLimits): Promise<void> {
  const team = { id: 'shops', limits };
  await checks.storage.people.write(async ({ teams }) => {
    if (!(await teams.create(team, at.toISOString()))) await teams.change(team);
  });
}
const create = (name: string, size = 'small') => calls.create({ name, engine: 'woocommerce', values: { size } }, OLGA);
const refusal = (call: Promise<unknown>): Promise<Pick<ShopyardError, 'code' | 'message'>> =>
  call.then(
    () => ({ code: 'internal', message: 'accepted' }),
    (error: ShopyardError) => error,
  );

describe('what a store takes', () => {
  const load = (change: Parameters<typeof readyStore>[0]) => loadOf(checks, readyStore(change));

  test('doubles its units with each size, and has the storage of the size or of its own values', () => {
    expect(load({ values: {} })).toEqual({ stores: 1, sizeUnits: 1, storageGiB: 4 });
    expect(load({ values: { size: 'medium' } })).toEqual({ stores: 1, sizeUnits: 2, storageGiB: 20 });
    expect(load({ values: { size: 'large' }, engine: 'medusa' })).toEqual({ stores: 1, sizeUnits: 4, storageGiB: 100 });
    const own = { mariadb: { storage: { size: '512Mi' } } };
    expect(load({ values: own })).toEqual({ stores: 1, sizeUnits: 1, storageGiB: 2.5 });
  });

  test('is what it will be where a change that waits makes it larger, and never less than its volumes have', () => {
    expect(load({ waiting: WAITING })).toEqual({ stores: 1, sizeUnits: 4, storageGiB: 100 });
    const shrinks = { ...WAITING, values: { size: 'small' } };
    expect(load({ values: { size: 'medium' }, waiting: shrinks })).toMatchObject({ sizeUnits: 2, storageGiB: 20 });
    const claims = [{ name: 'data-mariadb-0', phase: 'Bound', capacity: '50Gi', terminating: false }];
    const grown = { ...checks, partsOf: () => ({ ...checks.partsOf(readyStore()), claims }) };
    expect(loadOf(grown, readyStore())).toMatchObject({ sizeUnits: 1, storageGiB: 52 });
  });

  test('is added up for all, also for a store whose engine this server lacks', () => {
    const stores = [readyStore(), readyStore({ engine: 'gone' }), readyStore({ values: { size: 'medium' } })];
    expect(useOf(checks, stores)).toEqual({ stores: 3, sizeUnits: 4, storageGiB: 24 });
  });
});

test.each([
  { quota: { stores: 3 }, says: 'the team shops has 3 of 3 stores, and this takes 1 more' },
  { quota: { sizeUnits: 3 }, says: 'the team shops has 3 of 3 size units, and this takes 1 more' },
  { quota: { storageGiB: 13 }, says: 'the team shops has 12 of 13 GiB of storage, and this takes 4 more' },
  {
    quota: { createsPerHour: 3 },
    says: 'the team shops has created 3 of 3 stores within an hour: try again in 60 minutes',
  },
])('of 20 creates at once for the last place of $quota, one is accepted', async ({ quota, says }) => {
  await limit(quota);
  await create('first');
  await create('second');
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => refusal(create(`more-${index}`))));
  expect(answers.filter(({ message }) => message === 'accepted')).toHaveLength(1);
  const refused = answers.filter(({ message }) => message !== 'accepted');
  expect(refused.every(({ message }) => message.startsWith(says))).toBe(true);
  const code = 'createsPerHour' in quota ? 'too_many_requests' : 'quota_exceeded';
  expect(new Set(refused.map((error) => error.code))).toEqual(new Set([code]));
});

test('a place among the creates of an hour is free again an hour after the oldest, deleted or not', async () => {
  await limit({ createsPerHour: 2 });
  const { id } = await create('first');
  at = new Date(at.getTime() + HOUR_MS / 4);
  await create('second');
  await calls.remove(id, OLGA);
  const late = (await refusal(create('third'))) as TooManyRequestsError;
  expect(late.retryAfterS).toBe(((HOUR_MS / 4) * 3) / 1000);
  at = new Date(at.getTime() + late.retryAfterS * 1000);
  expect(await refusal(create('third'))).toMatchObject({ message: 'accepted' });
});

describe('a change', () => {
  beforeEach(async () => {
    await limit({ sizeUnits: 3 });
  });

  test('that makes a store larger is refused beyond the limit, by hand and by rollback, and any other is not', async () => {
    const { id } = await create('first');
    await create('second');
    const resize = (size: string) => refusal(calls.update({ id, values: { size } }, OLGA));
    expect(await resize('large')).toMatchObject({
      code: 'quota_exceeded',
      message: expect.stringContaining('2 of 3 size units, and this takes 3 more') as string,
    });
    expect(await resize('medium')).toMatchObject({ message: 'accepted' });
    expect(await resize('small')).toMatchObject({ message: 'accepted' });
    await create('third');
    expect(await refusal(calls.rollback({ id, to: 2 }, OLGA))).toMatchObject({ code: 'quota_exceeded' });
    // Somebody lowered the limit: whoever takes no more may go on.
    await limit({ sizeUnits: 1 });
    expect(await refusal(calls.update({ id, values: { size: 'small', store: { title: 'B' } } }, OLGA))).toMatchObject({
      message: 'accepted',
    });
  });

  test('of two at once that would both take the last units, one is accepted', async () => {
    const [first, second] = [await create('first'), await create('second')];
    const resize = ({ id }: { id: string }) => refusal(calls.update({ id, values: { size: 'medium' } }, OLGA));
    const answers = await Promise.all([resize(first), resize(second)]);
    expect(answers.map(({ code }) => code).toSorted()).toEqual(['internal', 'quota_exceeded']);
  });
});

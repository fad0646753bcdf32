import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { toProgress } from './operation-progress.ts';
import type { RunningOperation } from './operations.ts';
import type { Situation } from './situation.ts';
import { toStatus } from './status.ts';
import { readySituation, readyStore, readyView } from './testing.ts';
import { toStore } from './present-store.ts';
import type { StoreRecord } from './store.ts';

const AT = '2026-02-01T12:00:00.000Z';
const OPENING = '2026-02-03T01:00:00.000Z';
const WAITING = {
  id: 'op_0000000000000001',
  kind: 'change' as const,
  values: { size: 'large' },
  actor: 'ann',
  at: AT,
  notBefore: OPENING,
  tz: 'Europe/Berlin',
};

const running = (change: Partial<RunningOperation> = {}): RunningOperation => ({
  id: 'op_0000000000000002',
  kind: 'change',
  generation: 1,
  step: 'NamespaceReady',
  actor: 'ann',
  at: AT,
  startedAt: AT,
  ...change,
});

function situationOf(store: Partial<StoreRecord>, change: Partial<Situation> = {}): Situation {
  return readySituation({ store: readyStore(store), ...change });
}

function progressOf(situation: Situation): ReturnType<typeof toProgress> {
  return toProgress(situation, toStatus(assess(situation), undefined));
}

const ended = (view = readyView()) => ({
  ...view,
  namespace: view.namespace && { ...view.namespace, desired: 'suspended' as const },
  workloads: view.workloads.map((workload) => ({ ...workload, desired: 0 })),
  jobs: [],
});

describe('an operation that runs', () => {
  test('is done once its generation was seen to work', () => {
    expect(progressOf(situationOf({ running: running() }))).toMatchObject({ state: 'done' });
    const newer = situationOf({ running: running({ generation: 2 }), generation: 2 });
    expect(progressOf(newer)?.state).not.toBe('done');
    expect(progressOf(situationOf({ running: running(), verifiedRevision: 0 }))?.state).not.toBe('done');
  });

  test('is at the first step that is not over, and says so once', () => {
    const attempt = { kind: 'create', startedAt: AT, finishedAt: AT, steps: [], generation: 1, values: '' } as const;
    const newer = { generation: 2, attempt: { ...attempt, steps: [] } };
    const progress = { state: 'running', step: 'ReleaseDeployed' };
    expect(progressOf(situationOf({ ...newer, running: running({ generation: 2 }) }))).toEqual(progress);
    const reported = running({ generation: 2, step: 'ReleaseDeployed' });
    expect(progressOf(situationOf({ ...newer, running: reported }))).toBeUndefined();
  });

  test('fails with the store, for its reason', () => {
    const problem = {
      reason: 'InvalidObject',
      message: 'The API server says no.',
      terminal: true,
      generation: 2,
    } as const;
    const situation = situationOf({ running: running({ generation: 2 }), generation: 2, problem });
    expect(progressOf(situation)).toMatchObject({ state: 'failed', error: 'The API server says no.' });
  });

  test('that resumes is done once the shop was seen to work since', () => {
    const resumedAt = '2026-02-01T23:59:00.000Z';
    const sighting = { reason: 'Orderable', message: '', at: '2026-02-01T23:58:00.000Z' } as const;
    const resume = running({ kind: 'resume', step: 'DatabaseReady' });
    expect(progressOf(situationOf({ running: resume, resumedAt, sighting }))?.state).not.toBe('done');
    const seen = { ...sighting, at: '2026-02-01T23:59:30.000Z' };
    expect(progressOf(situationOf({ running: resume, resumedAt, sighting: seen }))).toMatchObject({ state: 'done' });
  });

  test('that suspends ends the shop, then the database, and is done with both', () => {
    const suspend = running({ kind: 'suspend', step: 'ShopStopped' });
    const store = { running: suspend, desired: 'suspended' } as const;
    expect(progressOf(situationOf(store))).toBeUndefined();
    const shopless = ended();
    const workloads = readyView().workloads.map((one) => (one.component === 'mariadb' ? one : { ...one, desired: 0 }));
    const view = { ...shopless, workloads };
    expect(progressOf(situationOf(store, { view }))).toEqual({ state: 'running', step: 'DatabaseStopped' });
    expect(progressOf(situationOf(store, { view: ended() }))).toMatchObject({ state: 'done' });
  });

  test('of a suspended store goes on, for whatever resumes it', () => {
    const change = { running: running({ generation: 2 }), generation: 2, desired: 'suspended' } as const;
    expect(progressOf(situationOf(change, { view: ended() }))).toBeUndefined();
  });
});

test('a store that works stays Ready while a change waits, and says until when', () => {
  const status = toStatus(assess(situationOf({ waiting: WAITING })), undefined);
  const message = 'The change that ann asked for waits until Tue 02:00 Europe/Berlin.';
  expect(status).toMatchObject({ phase: 'Ready', reason: 'ChangeWaiting', message, attention: { level: 'ok' } });
  const asleep = situationOf({ waiting: WAITING, desired: 'suspended' }, { view: ended() });
  expect(toStatus(assess(asleep), undefined)).toMatchObject({ phase: 'Suspended', reason: 'ChangeWaiting', message });
});

test('a suspended store says that its change waits until it resumes', () => {
  const { notBefore: _, tz: __, ...waiting } = WAITING;
  const asleep = situationOf({ waiting, desired: 'suspended' }, { view: ended() });
  const message = 'The change that ann asked for waits until the store resumes.';
  expect(toStatus(assess(asleep), undefined)).toMatchObject({ phase: 'Suspended', reason: 'ChangeWaiting', message });
});

test('clients see what runs, otherwise what waits', () => {
  const shown = (store: Partial<StoreRecord>) => toStore(readyStore(store), readyView(), undefined).operation;
  const waiting = { id: WAITING.id, kind: 'change', step: 'Window', state: 'waiting', since: AT };
  expect(shown({ waiting: WAITING })).toEqual({ ...waiting, notBefore: OPENING, tz: 'Europe/Berlin' });
  expect(shown({ waiting: WAITING, running: running() })).toMatchObject({ state: 'running', since: AT });
  expect(shown({})).toBeUndefined();
  const { notBefore: _, tz: __, ...bound } = WAITING;
  expect(shown({ waiting: bound, desired: 'suspended' })).toEqual({ ...waiting, step: 'Resume' });
});

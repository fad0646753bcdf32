import type { Attention, Reason } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { attentionOf, type AttentionState, type Trouble } from './attention.ts';

const START = Date.parse('2026-02-02T00:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
const CREATED: AttentionState = { level: 'working', since: at(-5) };
const READY: AttentionState = { level: 'ok', since: at(-100) };

function seen(reason: Reason | undefined, change: Partial<Trouble> = {}): Trouble {
  return { phase: 'Provisioning', reason, count: 0, overdue: false, downSince: undefined, ...change };
}

/** Simulates repeated observations: each entry holds from its second until the next entry. */
function levels(from: AttentionState, course: [second: number, trouble: Trouble][], until: number): AttentionState {
  let state = from;
  for (let second = 0; second <= until; second++) {
    const [, trouble] = course.findLast(([begins]) => begins <= second) ?? [0, seen(undefined)];
    state = attentionOf(trouble, state, at(second));
  }
  return state;
}

test.each<{ reason: Reason; trouble: Partial<Trouble>; after: number; level: Attention['level'] }>([
  { reason: 'ImageNotFound', trouble: { phase: 'Failed' }, after: 10, level: 'broken' },
  { reason: 'ImageUnauthorized', trouble: { phase: 'Failed' }, after: 10, level: 'broken' },
  { reason: 'ImageRateLimited', trouble: {}, after: 10, level: 'stuck' },
  { reason: 'RegistryUnreachable', trouble: {}, after: 10, level: 'stuck' },
  { reason: 'Unschedulable', trouble: {}, after: 10, level: 'stuck' },
  { reason: 'QuotaExceeded', trouble: {}, after: 10, level: 'stuck' },
  { reason: 'PodSecurity', trouble: {}, after: 10, level: 'stuck' },
  { reason: 'VolumePending', trouble: {}, after: 10, level: 'stuck' },
  { reason: 'ConfigMissing', trouble: {}, after: 10, level: 'stuck' },
  { reason: 'StepOverdue', trouble: {}, after: 10, level: 'stuck' },
  { reason: 'ProbeFailing', trouble: {}, after: 60, level: 'stuck' },
  { reason: 'OutOfMemory', trouble: { count: 2 }, after: 10, level: 'broken' },
  { reason: 'CrashLoop', trouble: { count: 3 }, after: 10, level: 'broken' },
  { reason: 'HelmFailed', trouble: { count: 3 }, after: 10, level: 'stuck' },
  { reason: 'ClusterUnreachable', trouble: { count: 3 }, after: 10, level: 'stuck' },
  { reason: 'NamespaceTerminating', trouble: { phase: 'Deleting' }, after: 120, level: 'stuck' },
  { reason: 'ObjectMissing', trouble: { phase: 'Degraded' }, after: 120, level: 'stuck' },
  { reason: 'VolumeDeleting', trouble: { phase: 'Degraded' }, after: 10, level: 'broken' },
  { reason: 'CredentialsLost', trouble: { phase: 'Degraded' }, after: 10, level: 'broken' },
  { reason: 'NothingToBuy', trouble: {}, after: 60, level: 'stuck' },
  { reason: 'NoAnswer', trouble: { count: 4 }, after: 30, level: 'stuck' },
])('$reason $trouble is working until $after s, then $level', ({ reason, trouble, after, level }) => {
  const course: [number, Trouble][] = [[0, seen(reason, trouble)]];
  expect(levels(CREATED, course, after - 1).level).toBe('working');
  expect(levels(CREATED, course, after)).toMatchObject({ level, reason, since: at(0) });
});

test.each<{ reason: Reason; count: number }>([
  { reason: 'SetupRetrying', count: 0 },
  { reason: 'OutOfMemory', count: 1 },
  { reason: 'CrashLoop', count: 2 },
  { reason: 'HelmFailed', count: 2 },
  { reason: 'NoAnswer', count: 2 },
])('$reason is working, however long, at count $count', ({ reason, count }) => {
  expect(levels(CREATED, [[0, seen(reason, { count })]], 500).level).toBe('working');
});

test.each<Reason>(['SetupRetrying', 'CrashLoop'])(
  '%s past the budget of its step is stuck, however often it is tried',
  (reason) => {
    const course: [number, Trouble][] = [[0, seen(reason)], [300, seen(reason, { overdue: true })]]; // prettier-ignore
    expect([levels(CREATED, course, 299).level, levels(CREATED, course, 300).level]).toEqual(['working', 'stuck']);
  },
);

test('a start without trouble stays working, however long it takes', () => {
  expect(levels(CREATED, [[0, seen(undefined)]], 500)).toEqual(CREATED);
});

test('a level ends at once; returning trouble counts from its return', () => {
  const course: [number, Trouble][] = [[0, seen('Unschedulable')], [20, seen(undefined)], [25, seen('Unschedulable')]]; // prettier-ignore
  expect(levels(CREATED, course, 19)).toMatchObject({ level: 'stuck', since: at(0) });
  expect(levels(CREATED, course, 20)).toEqual({ level: 'working', since: at(20) });
  expect(levels(CREATED, course, 34).level).toBe('working');
  expect(levels(CREATED, course, 35)).toMatchObject({ level: 'stuck', since: at(25) });
});

test('trouble keeps its start time when its reason changes or its level rises', () => {
  const course: [number, Trouble][] = [
    [0, seen('Unschedulable')],
    [15, seen('CrashLoop', { count: 3 })],
  ];
  expect(levels(CREATED, course, 15)).toMatchObject({ level: 'broken', reason: 'CrashLoop', since: at(0) });
});

test.each<Reason>(['Resuming', 'Restarting'])('trouble during %s counts from its own start', (reason) => {
  const course: [number, Trouble][] = [[0, seen(reason)], [15, seen('MountFailed')], [20, seen(reason)], [22, seen('MountFailed')]]; // prettier-ignore
  expect(levels(READY, course, 24)).toMatchObject({ level: 'working', troubleSince: at(15) });
  expect(levels(READY, course, 25)).toMatchObject({ level: 'stuck', reason: 'MountFailed', since: at(15) });
});

test('a shop that was Ready is broken after 30 s without an answer', () => {
  const down = seen('NotReady', { phase: 'Degraded', downSince: at(0) });
  expect(levels(READY, [[0, down]], 29).level).toBe('working');
  expect(levels(READY, [[0, down]], 30)).toMatchObject({ level: 'broken', since: at(0) });
});

test('reports when the level will change by itself', () => {
  const stuck = attentionOf(seen('ProbeFailing', { phase: 'Degraded', downSince: at(0) }), READY, at(1));
  expect(stuck.changesAt).toBe(at(30));
  expect(attentionOf(seen('Unschedulable'), CREATED, at(0)).changesAt).toBe(at(10));
  expect(levels(CREATED, [[0, seen('Unschedulable')]], 11).changesAt).toBeUndefined();
});

test('Ready and suspended stores are ok', () => {
  const stuck = levels(CREATED, [[0, seen('Unschedulable')]], 11);
  expect(attentionOf(seen('Adopted', { phase: 'Ready' }), stuck, at(12))).toEqual({ level: 'ok', since: at(12) });
  expect(attentionOf(seen(undefined, { phase: 'Suspended' }), READY, at(12))).toEqual(READY);
});

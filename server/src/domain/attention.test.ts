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

test.each<[reason: Reason, more: Partial<Trouble>, working: number, reached: number, Attention['level']]>([
  ['ImageNotFound', { phase: 'Failed' }, 9, 10, 'broken'],
  ['ImageUnauthorized', { phase: 'Failed' }, 9, 10, 'broken'],
  ['ImageRateLimited', {}, 9, 10, 'stuck'],
  ['RegistryUnreachable', {}, 9, 10, 'stuck'],
  ['Unschedulable', {}, 9, 10, 'stuck'],
  ['QuotaExceeded', {}, 9, 10, 'stuck'],
  ['PodSecurity', {}, 9, 10, 'stuck'],
  ['VolumePending', {}, 9, 10, 'stuck'],
  ['ConfigMissing', {}, 9, 10, 'stuck'],
  ['StepOverdue', {}, 9, 10, 'stuck'],
  ['ProbeFailing', {}, 59, 60, 'stuck'],
  ['OutOfMemory', { count: 2 }, 9, 10, 'broken'],
  ['CrashLoop', { count: 3 }, 9, 10, 'broken'],
  ['HelmFailed', { count: 3 }, 9, 10, 'stuck'],
  ['ClusterUnreachable', { count: 3 }, 9, 10, 'stuck'],
  ['NamespaceTerminating', { phase: 'Deleting' }, 119, 120, 'stuck'],
  ['ObjectMissing', { phase: 'Degraded' }, 119, 120, 'stuck'],
  ['VolumeDeleting', { phase: 'Degraded' }, 9, 10, 'broken'],
  ['CredentialsLost', { phase: 'Degraded' }, 9, 10, 'broken'],
  ['NothingToBuy', {}, 59, 60, 'stuck'],
  ['NoAnswer', { count: 4 }, 29, 30, 'stuck'],
])('%s %j is working after %i s, and after %i s it is %s', (reason, more, working, reached, level) => {
  const course: [number, Trouble][] = [[0, seen(reason, more)]];
  expect(levels(CREATED, course, working).level).toBe('working');
  expect(levels(CREATED, course, reached)).toMatchObject({ level, reason, since: at(0) });
});

test.each<[reason: Reason, count: number]>([
  ['SetupRetrying', 0],
  ['OutOfMemory', 1],
  ['CrashLoop', 2],
  ['HelmFailed', 2],
  ['NoAnswer', 2],
])('%s for the %i. time is working, however long', (reason, count) => {
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

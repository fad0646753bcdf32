import { type Condition, CONDITION_TYPES, type ConditionType } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { attemptOf, type AttemptState, type Progress } from './attempt.ts';

const START = Date.parse('2026-02-02T00:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

/** Conditions; the first `met` hold, with one optional exception. */
function conditions(met: number, except?: ConditionType): Condition[] {
  return CONDITION_TYPES.map((type, index) => ({
    type,
    status: index < met && type !== except ? 'True' : 'False',
    reason: '',
    message: '',
    lastTransitionTime: at(0),
  }));
}

function progress(met: number, change: Partial<Progress> = {}): Progress {
  return {
    phase: met === 5 ? 'Ready' : 'Provisioning',
    conditions: conditions(met),
    generation: 1,
    values: 'v1',
    moving: false,
    repairing: false,
    createdAt: at(0),
    readyAt: undefined,
    ...change,
  };
}

function run(course: [second: number, Progress][], from?: AttemptState): AttemptState {
  let state = from;
  for (const [second, seen] of course) state = attemptOf(seen, state, at(second));
  if (!state) throw new Error('an empty course');
  return state;
}

const durationsOf = ({ steps }: AttemptState): string =>
  steps.map(({ state, durationMs }) => (durationMs === undefined ? state : `${state} ${durationMs / 1000}`)).join(', ');

const CREATED: [number, Progress][] = [
  [0, progress(0, { phase: 'Queued' })],
  [4, progress(0)],
  [5, progress(1)],
  [7, progress(2)],
  [20, progress(3)],
  [40, progress(4)],
  [42, progress(5)],
];
const created = run(CREATED);

test('the first step of a create starts when it leaves the queue, each other step when the previous one ends', () => {
  expect(durationsOf(run(CREATED.slice(0, 1)))).toBe('waiting, waiting, waiting, waiting, waiting');
  expect(durationsOf(run(CREATED.slice(0, 4)))).toBe('done 1, done 2, running, waiting, waiting');
  expect(durationsOf(created)).toBe('done 1, done 2, done 13, done 20, done 2');
  expect(created).toMatchObject({ kind: 'create', startedAt: at(0), finishedAt: at(42) });
});

test('a failed probe of a Ready store adds no step and changes no duration', () => {
  const blip = progress(5, { phase: 'Degraded', conditions: conditions(5, 'ApplicationReady'), readyAt: at(42) });
  expect(run([[960, blip], [970, progress(5)]], created)).toEqual(created); // prettier-ignore
});

test('a probe that fails once during startup reruns no step', () => {
  const blip = progress(3, { conditions: conditions(3, 'DatabaseReady') });
  expect(durationsOf(run([...CREATED.slice(0, 5), [30, blip]]))).toBe('done 1, done 2, done 13, running, waiting');
});

test('a step met only by the previous state keeps running', () => {
  const update = { generation: 2, values: 'v2', readyAt: at(42) };
  const course: [number, Progress][] = [
    [100, progress(1, { ...update, phase: 'Upgrading' })],
    [110, progress(4, { ...update, phase: 'Upgrading' })],
    [111, progress(3, { ...update, phase: 'Upgrading' })],
    [130, progress(4, { ...update, phase: 'Upgrading' })],
  ];
  expect(durationsOf(run(course.slice(0, 3), created))).toBe('done 0, done 10, done 0, running, waiting');
  expect(durationsOf(run(course, created))).toBe('done 0, done 10, done 0, done 20, running');
});

test.each<{ kind: AttemptState['kind']; change: Partial<Progress> }>([
  { kind: 'update', change: { generation: 2, values: 'v2', phase: 'Upgrading' } },
  { kind: 'retry', change: { generation: 2, phase: 'Upgrading' } },
  { kind: 'move', change: { moving: true, phase: 'Upgrading' } },
  { kind: 'repair', change: { repairing: true, phase: 'Degraded' } },
])('starts a new attempt without older steps for kind $kind', ({ kind, change }) => {
  const begun = run([[1000, progress(1, { readyAt: at(42), ...change })]], created);
  expect(begun).toMatchObject({ kind, startedAt: at(1000) });
  expect(begun.finishedAt).toBeUndefined();
  expect(durationsOf(begun)).toBe('done 0, running, waiting, waiting, waiting');
  const rest = { readyAt: at(42), generation: change.generation ?? 1, values: change.values ?? 'v1' };
  const ended = run([[1003, progress(2, rest)], [1004, progress(5, rest)]], begun); // prettier-ignore
  expect(durationsOf(ended)).toBe('done 0, done 3, done 1, done 0, done 0');
  expect(ended.finishedAt).toBe(at(1004));
  for (const { startedAt = '' } of ended.steps) expect(startedAt >= ended.startedAt).toBe(true);
});

test('a failure ends the attempt and fixes its duration', () => {
  const failed = progress(3, { phase: 'Failed' });
  const ended = run([...CREATED.slice(0, 5), [30, failed], [300, failed]]);
  expect(durationsOf(ended)).toBe('done 1, done 2, done 13, failed 10, waiting');
  expect(ended.finishedAt).toBe(at(30));
});

test('of a Failed store, a step that failed is done once its condition is met, and the next one is what failed', () => {
  const failed = (met: number): Progress => progress(met, { phase: 'Failed' });
  const early = run([...CREATED.slice(0, 4), [15, failed(2)]]);
  expect(durationsOf(early)).toBe('done 1, done 2, failed 8, waiting, waiting');
  expect(durationsOf(run([[20, failed(3)], [25, failed(3)]], early))).toBe('done 1, done 2, done 13, failed 0, waiting'); // prettier-ignore
});

test('an attempt resumes when the cause of its failure disappears', () => {
  const ended = run([...CREATED.slice(0, 5), [30, progress(3, { phase: 'Failed' })]]);
  const again = run([[50, progress(3)]], ended);
  expect([durationsOf(again), again.finishedAt]).toEqual(['done 1, done 2, done 13, running, waiting', undefined]);
});

test('the attempt of a retried store starts at the retry', () => {
  const ended = run([...CREATED.slice(0, 5), [30, progress(3, { phase: 'Failed' })]]);
  const retry = run([[500, progress(1, { generation: 2 })]], ended);
  expect(retry).toMatchObject({ kind: 'retry', startedAt: at(500) });
  expect(durationsOf(retry)).toBe('done 0, running, waiting, waiting, waiting');
});

test('no step runs during a deletion', () => {
  const deleting = run([...CREATED.slice(0, 4), [9, progress(2, { phase: 'Deleting' })]]);
  expect([durationsOf(deleting), deleting.finishedAt]).toEqual(['done 1, done 2, waiting, waiting, waiting', at(9)]);
});

test('durations are unknown for a store that was Ready before attempts were recorded', () => {
  expect(durationsOf(run([[900, progress(5, { readyAt: at(42) })]]))).toBe('done, done, done, done, done');
});

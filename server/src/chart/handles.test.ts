import { type Handle, HANDLES, handlesOf, REASONS, schemaAt, type Reason } from '@shopyard/contracts';
import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { readChart } from './read-chart.ts';

const reasons = Object.keys(REASONS) as Reason[];

test('every reason, and nothing else, has a handle to press now', () => {
  expect(Object.keys(HANDLES).toSorted()).toEqual(reasons.toSorted());
  const isPressed = ({ kind }: Handle): boolean => kind !== 'none' && kind !== 'later';
  for (const reason of reasons) expect(handlesOf(reason, { fixes: {} }).filter(isPressed), reason).not.toEqual([]);
});

test.each([...engines.values()])('every field that a handle fixes is in the schema of $id', (engine) => {
  const { described } = readChart(engine.chart);
  const long = engine.components.filter(({ role }) => role !== 'task').map(({ valuesKey }) => valuesKey);
  const tasks = engine.components.filter(({ role }) => role === 'task').map(({ name }) => name);
  const fields = reasons
    .flatMap((reason) => handlesOf(reason, { fixes: Object.fromEntries(Object.entries(engine.fixes)) }))
    .flatMap((handle) => (handle.kind === 'fix' && handle.field !== '{named}' ? [handle.field] : []))
    .flatMap((field) => long.map((key) => field.replace('{c}', key)))
    .flatMap((field) => tasks.map((task) => field.replace('{task}', task)));
  expect(fields).toContain(`${long[0]}.resources.limits.memory`);
  for (const field of new Set(fields.filter(Boolean))) expect(hasField(described, field.split('.')), field).toBe(true);
});

test.each([...engines.values()])('every setting of $id is in its schema, once, with a label and a hint', (engine) => {
  const { described } = readChart(engine.chart);
  const fields = engine.settings.map(({ path }) => path.join('.'));
  expect(fields).toEqual([...new Set(fields)]);
  for (const { path, label, hint, group } of engine.settings) {
    expect(hasField(described, path), path.join('.')).toBe(true);
    for (const text of [label, hint, group]) expect(text, path.join('.')).toMatch(/^[A-Z]/);
  }
});

/** By name: a free key of a map is no field that anybody could have meant. */
function hasField(schema: ReturnType<typeof readChart>['described'], path: readonly string[]): boolean {
  return path.every((key, at) => Object.hasOwn(schemaAt(schema, path.slice(0, at))?.properties ?? {}, key));
}

import type { Role } from '@shopyard/contracts';
import { engines } from '@shopyard/engines';
import { describe, expect, test } from 'vitest';
import { readEngineCharts } from '../../chart/engine-charts.ts';
import { keepOperators } from './tenant-values.ts';

type Values = Record<string, unknown>;

const by = (role: Role, before: Values, asked: Values) =>
  keepOperators({ caller: { roles: [role] }, engine: engines.get('woocommerce'), before, asked });
const fields = (role: Role, before: Values, asked: Values): string[] =>
  by(role, before, asked).issues.map(({ field }) => field);

/** Every leaf that a chart has a default for, as a path and the value. */
function leavesOf(values: Values, path: string[] = []): { path: string[]; value: unknown }[] {
  return Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
      ? // A map with keys.
        leavesOf(value as Values, [...path, key])
      : [{ path: [...path, key], value }],
  );
}
const nest = (path: readonly string[], value: unknown): Values =>
  // From the innermost key outwards.
  path.toReversed().reduce((inner: unknown, key) => ({ [key]: inner }), value) as Values;

describe.each([...readEngineCharts(engines).entries()])('values of %s', (id, { chart }) => {
  const engine = engines.get(id);
  const OWN = new Set(['store.title', 'store.currency', 'store.country', 'size']);

  test.each(['viewer', 'operator', 'owner'] as const)(
    'an %s may set the shop and its size, and nothing else',
    (role) => {
      const leaves = leavesOf(chart.defaults);
      expect(leaves.length).toBeGreaterThan(20);
      for (const { path } of leaves) {
        const asked = nest(path, 'another');
        const { issues } = keepOperators({ caller: { roles: [role] }, engine, before: {}, asked });
        const expected = OWN.has(path.join('.')) ? [] : [{ path: ['values', ...path] }];
        expect(issues, path.join('.')).toMatchObject(expected);
      }
    },
  );

  test('an administrator may set everything', () => {
    for (const { path } of leavesOf(chart.defaults)) {
      const asked = nest(path, 'another');
      expect(keepOperators({ caller: { roles: ['admin'] }, engine, before: {}, asked })).toEqual({
        values: asked,
        issues: [],
      });
    }
  });
});

describe('a change by somebody who does not manage the platform', () => {
  const before = { store: { title: 'A' }, ingress: { host: 'a.example' }, wordpress: { replicas: 2 } };

  test("leaves an administrator's values as they were, whether it repeats them or leaves them out", () => {
    const kept = { ingress: { host: 'a.example' }, wordpress: { replicas: 2 } };
    expect(by('operator', before, {})).toEqual({ values: kept, issues: [] });
    const asked = { ...before, store: { title: 'B' } };
    expect(by('operator', before, asked)).toEqual({ values: asked, issues: [] });
    expect(by('operator', before, { store: { title: 'B' }, size: 'small' })).toEqual({
      values: { store: { title: 'B' }, size: 'small', ...kept },
      issues: [],
    });
  });

  test('is refused by field where it changes one of them, and never has it in its values', () => {
    const asked = { ...before, ingress: { host: 'b.example', className: 'x' } };
    expect(fields('operator', before, asked)).toEqual(['values.ingress.className', 'values.ingress.host']);
    expect(by('operator', before, asked).values).toEqual(before);
  });

  test('is refused fields that are no fields of the chart at all, and maps in place of a setting', () => {
    expect(fields('owner', {}, { global: { x: 1 }, nonsense: true })).toEqual(['values.global.x', 'values.nonsense']);
    expect(fields('owner', {}, { size: { deeper: 1 } })).toEqual(['values.size.deeper']);
  });
});

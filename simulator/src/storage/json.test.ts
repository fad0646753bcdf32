import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloneJson, equalJson } from './json.ts';

test('copies a value without sharing anything mutable', () => {
  const object = { metadata: { labels: { a: '1' } }, spec: { ports: [{ port: 80 }, null] } };
  const copy = cloneJson(object);
  expect(copy).toEqual(object);
  copy.metadata.labels.a = '2';
  copy.spec.ports[0] = null;
  expect(object).toEqual({ metadata: { labels: { a: '1' } }, spec: { ports: [{ port: 80 }, null] } });
});

test('compares like JSON, regardless of the order of keys', () => {
  const sorted = (value: unknown): unknown =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, item]) => [key, sorted(item)]),
        )
      : Array.isArray(value)
        ? value.map(sorted)
        : value;
  const text = (value: unknown): string => JSON.stringify(sorted(value));
  // Few keys and values, so that equal ones occur.
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(1, 'a', null, true),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2 }),
    ),
  }));
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(equalJson(a, b)).toBe(text(a) === text(b));
      expect(equalJson(cloneJson(a), a)).toBe(true);
    }),
    { numRuns: 2000 },
  );
  expect(equalJson({ a: undefined }, {}) && equalJson({}, { a: undefined })).toBe(true);
});

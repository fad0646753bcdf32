import { expect, test } from 'vitest';
import { isNestedDeeper, MAX_VALUES_DEPTH } from './nesting.ts';
import { storeValuesSchema } from './stores/store.ts';

const nested = (levels: number): object =>
  JSON.parse(`${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`) as object;

test('counts maps and lists alike as levels', () => {
  expect(isNestedDeeper('text', 0)).toBe(false);
  expect(isNestedDeeper(nested(3), 3)).toBe(false);
  expect(isNestedDeeper(nested(4), 3)).toBe(true);
  expect(isNestedDeeper({ a: [[null]] }, 3)).toBe(false);
  expect(isNestedDeeper({ a: [[{}]] }, 3)).toBe(true);
  expect(isNestedDeeper([{}, { a: { b: {} } }, 1], 3)).toBe(true);
});

test('accepts values with 20 levels and rejects any deeper ones with a message', () => {
  expect(storeValuesSchema.safeParse(nested(MAX_VALUES_DEPTH)).success).toBe(true);
  for (const levels of [MAX_VALUES_DEPTH + 1, 5000, 100_000]) {
    const { error } = storeValuesSchema.safeParse(nested(levels));
    expect(error?.issues.map(({ message }) => message)).toEqual(['must not be nested more than 20 levels deep']);
  }
});

import { expect, test } from 'vitest';
import { changesBetween } from './adoption-changes.ts';

test('lists every value that differs, with its path, its current value and the new one', () => {
  const before = { image: { tag: '10.11', pull: 'Always' }, hosts: ['a', 'b'], old: true, same: { x: 1 }, none: null };
  const after = { image: { tag: '11.4', pull: 'Always' }, hosts: ['a'], added: 0, same: { x: 1 } };
  expect(changesBetween(before, after)).toEqual([
    { what: 'added', after: '0' },
    { what: 'hosts', before: '["a","b"]', after: '["a"]' },
    { what: 'image.tag', before: '10.11', after: '11.4' },
    { what: 'old', before: 'true' },
  ]);
});

test('omits unchanged values and truncates long strings', () => {
  const text = 'x'.repeat(10_000);
  expect(changesBetween({ a: { b: text } }, { a: { b: text } })).toEqual([]);
  expect(changesBetween({}, { a: text })[0]?.after?.length).toBe(200);
});

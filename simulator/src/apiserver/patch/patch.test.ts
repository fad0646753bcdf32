import { expect, test } from 'vitest';
import { jsonPatch, mergePatch, strategicMergePatch } from './patch.ts';

test('merge patch removes nulls and replaces lists', () => {
  expect(mergePatch({ a: 1, b: { c: 2, d: 3 }, l: [1, 2] }, { a: null, b: { c: 4 }, l: [3] })).toEqual({
    b: { c: 4, d: 3 },
    l: [3],
  });
});

test('strategic merge merges keyed lists by item and deletes by directive', () => {
  const target = {
    containers: [
      { name: 'a', image: '1' },
      { name: 'b', image: '1' },
    ],
    args: ['x'],
  };
  const patch = {
    containers: [
      { name: 'b', $patch: 'delete' },
      { name: 'a', image: '2' },
      { name: 'c', image: '1' },
    ],
    args: ['y'],
  };
  expect(strategicMergePatch(target, patch)).toEqual({
    containers: [
      { name: 'a', image: '2' },
      { name: 'c', image: '1' },
    ],
    args: ['y'],
  });
});

test('strategic merge supports $patch replace and $retainKeys', () => {
  expect(strategicMergePatch({ s: { a: 1, b: 2 } }, { s: { $patch: 'replace', c: 3 } })).toEqual({ s: { c: 3 } });
  expect(strategicMergePatch({ s: { a: 1, b: 2 } }, { s: { $retainKeys: ['a'], a: 5 } })).toEqual({ s: { a: 5 } });
  expect(strategicMergePatch({ finalizers: ['a', 'b'] }, { '$deleteFromPrimitiveList/finalizers': ['a'] })).toEqual({
    finalizers: ['b'],
  });
});

test('JSON patch supports add, remove, replace, test and escaped paths', () => {
  const document = { metadata: { labels: { 'a/b': '1' } }, list: [1, 2] };
  const patched = jsonPatch(document, [
    { op: 'test', path: '/list/0', value: 1 },
    { op: 'replace', path: '/metadata/labels/a~1b', value: '2' },
    { op: 'add', path: '/list/-', value: 3 },
    { op: 'remove', path: '/list/0' },
  ]);
  expect(patched).toEqual({ metadata: { labels: { 'a/b': '2' } }, list: [2, 3] });
  expect(() => jsonPatch(document, [{ op: 'test', path: '/list/0', value: 9 }])).toThrow(/test failed/);
  expect(document.list).toEqual([1, 2]);
});

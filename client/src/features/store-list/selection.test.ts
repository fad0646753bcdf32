import { expect, test } from 'vitest';
import { parseSelection, selectionParams } from './selection.ts';

test.each([
  { name: 'the selected stores', query: 'selected=st_1,st_3', ids: ['st_1', 'st_3'] },
  { name: 'the selection of an old link', query: 'ticked=st_1,st_3', ids: ['st_1', 'st_3'] },
  { name: 'the current parameter rather than the old one', query: 'selected=st_2&ticked=st_1', ids: ['st_2'] },
  { name: 'an empty selection', query: '', ids: [] },
])('reads $name from the address', ({ query, ids }) => {
  expect([...parseSelection(new URLSearchParams(query))]).toEqual(ids);
});

test('writes the selection under its current name and removes the old parameter', () => {
  expect(selectionParams(new Set(['st_1', 'st_3']))).toEqual({ selected: 'st_1,st_3', ticked: undefined });
});

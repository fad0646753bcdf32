import { expect, test } from 'vitest';
import { parseColumns } from './chosen-columns.ts';

test.each([
  { name: 'nothing while nothing was chosen', text: null, columns: undefined },
  { name: 'the chosen columns in their order in the list', text: 'age,labels', columns: ['labels', 'age'] },
  { name: 'a choice of no column', text: '', columns: [] },
  { name: 'no column that there is no more', text: 'price,url', columns: ['url'] },
])('reads $name', ({ text, columns }) => {
  expect(parseColumns(text)).toEqual(columns);
});

import { expect, test } from 'vitest';
import { parseCsv } from './csv.ts';

const cells = (text: string, separator = ','): string[][] => parseCsv(text, separator).map((row) => row.cells);

test.each([
  {
    what: 'plain cells, without the space around them',
    text: 'a, b ,c\r\nd,,f',
    rows: [
      ['a', 'b', 'c'],
      ['d', '', 'f'],
    ],
  },
  { what: 'separators and quotes in quotes', text: '"Mugs, more","say ""hi"""', rows: [['Mugs, more', 'say "hi"']] },
  { what: 'a quote within a cell', text: '5" screens,b', rows: [['5" screens', 'b']] },
  { what: 'an empty quoted cell', text: '"",b', rows: [['', 'b']] },
])('reads $what', ({ text, rows }) => {
  expect(cells(text)).toEqual(rows);
});

test('reads cells that a spreadsheet separates by tabs', () => {
  expect(cells('a\tb, c', '\t')).toEqual([['a', 'b, c']]);
});

test('counts lines, also those that are empty or within quotes', () => {
  const rows = parseCsv('a\n\n"b\nb",c\nd\n', ',');
  expect(rows.map(({ line, text }) => [line, text])).toEqual([
    [1, 'a'],
    [3, '"b\nb",c'],
    [5, 'd'],
  ]);
});

test('marks a row whose quotes do not match', () => {
  expect(parseCsv('"a" b,c\n"d', ',').map(({ broken }) => broken)).toEqual([true, true]);
});

import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

const cells = (text: string): object[] => readLines(text).lines.map((line) => line.cells);

test('reads a title from each line, commas included', () => {
  const { header, lines } = readLines('Mugs, and more\n\n  Posters \r\n');
  expect(header).toBeUndefined();
  expect(lines).toEqual([
    { line: 1, text: 'Mugs, and more', cells: { title: 'Mugs, and more' }, problems: [] },
    { line: 3, text: '  Posters ', cells: { title: 'Posters' }, problems: [] },
  ]);
});

test.each([
  { what: 'commas', text: 'title,currency,labels\nMugs,CHF,"team=shops,tier=gold"' },
  { what: 'semicolons', text: 'Title;Currency;Labels\nMugs;CHF;team=shops,tier=gold' },
  { what: 'tabs', text: 'title\tcurrency\tlabels\r\nMugs\tCHF\tteam=shops,tier=gold\r\n' },
])('reads columns between $what', ({ text }) => {
  expect(cells(text)).toEqual([{ title: 'Mugs', currency: 'CHF', labels: 'team=shops,tier=gold' }]);
});

test('reads names under a header of one column, and leaves out empty cells', () => {
  expect(cells('name\nmugs')).toEqual([{ name: 'mugs' }]);
  expect(cells('title,name\nMugs,')).toEqual([{ title: 'Mugs' }]);
});

test('takes a first line without a title or name column as a title', () => {
  expect(cells('size,country')).toEqual([{ title: 'size,country' }]);
});

test('reports unknown and repeated columns, and lines with too many cells or open quotes', () => {
  const { problems, lines } = readLines('title,colour,title\nMugs,red,x,y\n"Posters,blue');
  expect(problems).toEqual([
    'unknown column "colour"; use title, name, currency, country, size, labels',
    'the column "title" appears twice',
  ]);
  expect(lines.map((line) => [line.line, line.problems[0]])).toEqual([
    [2, expect.stringMatching(/^has 4 cells, and the header 3/)],
    [3, expect.stringMatching(/^close the quotes/)],
  ]);
});

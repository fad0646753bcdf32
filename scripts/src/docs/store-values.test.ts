import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rowsOf } from '../../../server/src/chart/value-comments.ts';
import { readValues, storeValuesPage } from './store-values.ts';

const PAGES = [
  { engine: 'woocommerce', page: 'store-values.md' },
  { engine: 'medusa', page: 'medusa-values.md' },
];

test.each(PAGES)('docs/$page matches values.yaml', ({ engine, page }) => {
  const squeezed = (text: string): string => text.replaceAll(/-{3,}/g, '---').replaceAll(/\s+/g, ' ').trim();
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  expect(squeezed(text)).toBe(squeezed(storeValuesPage(readValues(engine), engine)));
});

test.each(PAGES)('shows every default of the values of $engine, as helm reads it', ({ engine }) => {
  const values = readValues(engine);
  const defaults = parse(values) as object;
  for (const { path, value } of rowsOf(values).filter((row) => row.value !== ''))
    expect(parse(value), path).toEqual(
      path.split('.').reduce((below, key) => (below as Record<string, object>)[key] ?? {}, defaults),
    );
  const comments = [...values.matchAll(/^ *# ?(.*)$/gm)].map(([, comment = '']) => comment);
  const shown = rowsOf(values)
    .map(({ comment }) => comment)
    .join(' ');
  // The first two lines are about the file.
  for (const comment of comments.slice(2)) expect(shown).toContain(comment.trim());
});

test('assigns a comment to the key below it, even to the first key of a map', () => {
  const yaml = `# About the file.

# A map.
map:
  # First,
  # in two lines.
  first: 'a | b'
  second: { flow: 1 } # beside
# Nothing inside.
last: []
`;
  expect(rowsOf(yaml)).toEqual([
    { path: 'map', value: '', comment: 'A map.' },
    { path: 'map.first', value: "'a | b'", comment: 'First, in two lines.' },
    { path: 'map.second', value: '{ flow: 1 }', comment: '' },
    { path: 'last', value: '[]', comment: 'Nothing inside.' },
  ]);
  expect(storeValuesPage(yaml, 'woocommerce')).toContain(
    String.raw`| \`map.first\` | \`'a \| b'\` | First, in two lines. |`.replaceAll('\\`', '`'),
  );
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rowsOf } from '../../../server/src/chart/value-comments.ts';
import { storeValuesPage } from './store-values.ts';

const values = readFileSync(new URL('../../../charts/woocommerce/values.yaml', import.meta.url), 'utf8');

test('docs/store-values.md matches values.yaml', () => {
  const squeezed = (text: string): string => text.replaceAll(/-{3,}/g, '---').replaceAll(/\s+/g, ' ').trim();
  const page = readFileSync(new URL('../../../docs/store-values.md', import.meta.url), 'utf8');
  expect(squeezed(page)).toBe(squeezed(storeValuesPage(values)));
});

test('shows every default of values.yaml, as helm reads it', () => {
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
  expect(storeValuesPage(yaml)).toContain(
    String.raw`| \`map.first\` | \`'a \| b'\` | First, in two lines. |`.replaceAll('\\`', '`'),
  );
});

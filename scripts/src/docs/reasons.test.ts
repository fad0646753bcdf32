import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reasonsPage } from './reasons.ts';

test('docs/reasons.md matches the reasons in contracts', () => {
  const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
  const page = readFileSync(new URL('../../../docs/reasons.md', import.meta.url), 'utf8');
  expect(squeezed(page)).toBe(squeezed(reasonsPage()));
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reasonsPage } from './reasons.ts';

test('docs/reasons.md lists every reason as contracts has it', () => {
  const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
  const page = readFileSync(new URL('../../../docs/reasons.md', import.meta.url), 'utf8');
  expect(squeezed(page)).toBe(squeezed(reasonsPage()));
});

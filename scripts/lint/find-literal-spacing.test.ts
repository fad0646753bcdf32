import { expect, test } from 'vitest';
import { findLiteralSpacing } from './find-literal-spacing.ts';

const faultsIn = (text: string, file = 'client/src/ui/a.module.css'): string[] =>
  findLiteralSpacing(new Map([[file, text]]));

test.each([
  { what: 'a token', text: '.a { margin: var(--space-8) auto 0; }' },
  { what: 'nothing', text: '.a { padding: 0; gap: 0px; }' },
  { what: 'a length that goes with the text', text: '.a { gap: 0.45em; font-size: 0.92em; }' },
  { what: 'a border, a size and a place', text: '.a { border: 1px solid; inline-size: 1rem; inset: -1px; }' },
  { what: 'a condition', text: '@media (max-width: 40rem) { .a { margin: 0; } }' },
  { what: 'a comment', text: '/* margin: 1px; */' },
  { what: 'the tokens themselves', text: ':root { font-size: 1rem; }', file: 'client/src/app/tokens.css' },
])('allows $what', ({ text, file }) => expect(faultsIn(text, file)).toEqual([]));

test.each([
  { what: 'a margin', text: '.a { margin: 0 auto 0.5rem; }', literal: '0.5rem' },
  { what: 'a padding on one side', text: '.a { padding-inline-start: 12px; }', literal: '12px' },
  { what: 'a gap', text: '.a { row-gap: .3rem; }', literal: '.3rem' },
  { what: 'a part of a sum', text: '.a { margin: calc(var(--space-8) - 1px); }', literal: '1px' },
  { what: 'a size of type', text: '.a { font-size: 1.25rem; }', literal: '1.25rem' },
  { what: 'a font in short', text: '.a { font: 12px sans-serif; }', literal: '12px' },
  { what: 'the last declaration of several lines', text: '.a {\n  gap: 0\n    2rem\n}', literal: '2rem' },
])('refuses $what', ({ text, literal }) => {
  expect(faultsIn(text)).toEqual([expect.stringContaining(`: ${literal} is literal`)]);
});

test('names file and line', () => {
  expect(faultsIn('/* Two\n lines */\n.a {\n  gap: 1px;\n}')).toEqual([
    expect.stringMatching(/^client\/src\/ui\/a\.module\.css:4: gap: /),
  ]);
});

import { expect, test } from 'vitest';
import { createMatcher, faultOf } from './match-lines.ts';

const NONE = { include: '', exclude: '', regex: false };

test.each([
  {
    what: 'text, ignoring case',
    search: { include: 'fatal' },
    text: 'PHP Fatal, fatal',
    included: true,
    ranges: [4, 9, 11, 16],
  },
  { what: 'no such text', search: { include: 'x' }, text: 'PHP', included: false, ranges: [] },
  { what: 'nothing asked', search: {}, text: 'PHP', included: true, ranges: [] },
  {
    what: 'text that looks like an expression',
    search: { include: 'a.c' },
    text: 'abc a.c',
    included: true,
    ranges: [4, 7],
  },
  {
    what: 'an expression',
    search: { include: '4\\d\\d|500', regex: true },
    text: '404 500',
    included: true,
    ranges: [0, 3, 4, 7],
  },
  {
    what: 'an expression of nothing',
    search: { include: 'x*', regex: true },
    text: 'ab',
    included: true,
    ranges: [0, 0, 1, 1, 2, 2],
  },
  {
    what: 'an expression that can’t be read',
    search: { include: '(', regex: true },
    text: 'ab',
    included: true,
    ranges: [],
  },
])('finds $what', ({ search, text, included, ranges }) => {
  expect(createMatcher({ ...NONE, ...search })(text)).toEqual({ excluded: false, included, ranges });
});

test('excludes lines, also those that are included', () => {
  const match = createMatcher({ include: 'GET', exclude: '/health|/ready', regex: true });
  expect(['GET /ready', 'GET /shop', 'POST /ready'].map((text) => match(text).excluded)).toEqual([true, false, true]);
});

test('says why an expression can’t be read', () => {
  expect(faultOf('a|b')).toBeUndefined();
  expect(faultOf('(a')).toBe('Not a regular expression: unterminated group.');
});

test('searches the first 10,000 characters of a line, and marks at most 20 places', () => {
  expect(createMatcher({ ...NONE, include: 'x' })(`${'a'.repeat(20_000)}x`).included).toBe(false);
  expect(createMatcher({ ...NONE, include: 'a' })('a'.repeat(100)).ranges).toHaveLength(40);
});

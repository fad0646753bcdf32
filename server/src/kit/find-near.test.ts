import { expect, test } from 'vitest';
import { findNear } from './find-near.ts';

test.each([
  { word: 'titel', known: ['id', 'title', 'url'], near: 'title', why: 'two letters swapped' },
  { word: 'wordpres', known: ['wordpress', 'woocommerce'], near: 'wordpress', why: 'a letter missing' },
  { word: 'classname', known: ['className', 'size'], near: 'className', why: 'another case' },
  { word: 'sizes', known: ['size', 'store'], near: 'size', why: 'a letter too many' },
  { word: 'quoat', known: ['quota'], near: 'quota', why: 'the last two swapped' },
  { word: 'memory', known: ['size', 'store'], near: undefined, why: 'nothing alike' },
  { word: 'id', known: ['ip', 'url'], near: 'ip', why: 'one change is always near' },
  { word: 'x'.repeat(10_000), known: ['x'], near: undefined, why: 'far too long' },
  { word: '', known: ['size'], near: undefined, why: 'nothing given' },
])('finds $near for $why', ({ word, known, near }) => {
  expect(findNear(word, known)).toBe(near);
});

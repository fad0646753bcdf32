import { expect, test } from 'vitest';
import { toSentence } from './to-sentence.ts';

test.each([
  { message: 'choose another name', sentence: 'Choose another name.' },
  { message: 'Is it there?', sentence: 'Is it there?' },
  { message: 'size: must be one of small, large', sentence: 'size: must be one of small, large.' },
  { message: 'store.title is too long', sentence: 'store.title is too long.' },
  { message: '"alpha" exists', sentence: '"alpha" exists.' },
])('writes "$message" as "$sentence"', ({ message, sentence }) => {
  expect(toSentence(message)).toBe(sentence);
});

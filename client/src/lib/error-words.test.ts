import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { ChunkError, WORDS, wordsOf } from './error-words.ts';

const refused = { error: { message: 'x', code: -32000, data: { shopyard: { message: 'choose another name' } } } };

test.each<[string, unknown, string]>([
  ['a refusal of the server', TRPCClientError.from(refused as never), 'choose another name'],
  ['chromium without a server', TRPCClientError.from(new TypeError('Failed to fetch')), WORDS.away],
  [
    'firefox without one',
    TRPCClientError.from(new TypeError('NetworkError when attempting to fetch resource.')),
    WORDS.away,
  ],
  ['safari without one', TRPCClientError.from(new TypeError('Load failed')), WORDS.away],
  ['a proxy’s own page', TRPCClientError.from(new SyntaxError('Unexpected token < in JSON')), WORDS.foreign],
  [
    'an answer of another kind',
    TRPCClientError.from(new Error('Unable to transform response from server')),
    WORDS.foreign,
  ],
  ['a missing part of the page', new ChunkError('/assets/logs-tab-1.js'), WORDS.chunkAway],
  ['a fault of our own', new TypeError('Cannot read properties of undefined'), WORDS.unexpected],
  ['something else that was thrown', 'text', WORDS.unexpected],
])('%s is told in words', (_what, error, words) => expect(wordsOf(error)).toBe(words));

test('no words have a browser’s or a file’s name in them', () => {
  for (const words of Object.values(WORDS)) expect(words).not.toMatch(/fetch|import|\.js|assets|Error/i);
});

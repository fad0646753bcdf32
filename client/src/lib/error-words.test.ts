import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { ChunkError, WORDS, wordsOf } from './error-words.ts';

const refused = { error: { message: 'x', code: -32000, data: { shopyard: { message: 'choose another name' } } } };

test.each<{ name: string; error: unknown; words: string }>([
  { name: 'a rejection by the server', error: TRPCClientError.from(refused as never), words: 'choose another name' },
  {
    name: 'an unreachable server in Chromium',
    error: TRPCClientError.from(new TypeError('Failed to fetch')),
    words: WORDS.away,
  },
  {
    name: 'an unreachable server in Firefox',
    error: TRPCClientError.from(new TypeError('NetworkError when attempting to fetch resource.')),
    words: WORDS.away,
  },
  {
    name: 'an unreachable server in Safari',
    error: TRPCClientError.from(new TypeError('Load failed')),
    words: WORDS.away,
  },
  {
    name: 'an HTML page from a proxy',
    error: TRPCClientError.from(new SyntaxError('Unexpected token < in JSON')),
    words: WORDS.foreign,
  },
  {
    name: 'a response that is not tRPC',
    error: TRPCClientError.from(new Error('Unable to transform response from server')),
    words: WORDS.foreign,
  },
  { name: 'a missing chunk', error: new ChunkError('/assets/logs-tab-1.js'), words: WORDS.chunkAway },
  {
    name: 'a bug in the dashboard',
    error: new TypeError('Cannot read properties of undefined'),
    words: WORDS.unexpected,
  },
  { name: 'a thrown value that is not an Error', error: 'text', words: WORDS.unexpected },
])('describes $name', ({ error, words }) => expect(wordsOf(error)).toBe(words));

test('mentions no browser error text or file name', () => {
  for (const words of Object.values(WORDS)) expect(words).not.toMatch(/fetch|import|\.js|assets|Error/i);
});

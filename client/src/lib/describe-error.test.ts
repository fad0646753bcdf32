import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { ChunkError, MESSAGES, describeError } from './describe-error.ts';

const refused = { error: { message: 'x', code: -32000, data: { shopyard: { message: 'choose another name' } } } };

test.each<{ name: string; error: unknown; message: string }>([
  { name: 'a rejection by the server', error: TRPCClientError.from(refused as never), message: 'Choose another name.' },
  {
    name: 'an unreachable server in Chromium',
    error: TRPCClientError.from(new TypeError('Failed to fetch')),
    message: MESSAGES.away,
  },
  {
    name: 'an unreachable server in Firefox',
    error: TRPCClientError.from(new TypeError('NetworkError when attempting to fetch resource.')),
    message: MESSAGES.away,
  },
  {
    name: 'an unreachable server in Safari',
    error: TRPCClientError.from(new TypeError('Load failed')),
    message: MESSAGES.away,
  },
  {
    name: 'an HTML page from a proxy',
    error: TRPCClientError.from(new SyntaxError('Unexpected token < in JSON')),
    message: MESSAGES.foreign,
  },
  {
    name: 'a response that is not tRPC',
    error: TRPCClientError.from(new Error('Unable to transform response from server')),
    message: MESSAGES.foreign,
  },
  { name: 'a missing chunk', error: new ChunkError('/assets/logs-tab-1.js'), message: MESSAGES.chunkAway },
  {
    name: 'a bug in the dashboard',
    error: new TypeError('Cannot read properties of undefined'),
    message: MESSAGES.unexpected,
  },
  { name: 'a thrown value that is not an Error', error: 'text', message: MESSAGES.unexpected },
])('describes $name', ({ error, message }) => expect(describeError(error)).toBe(message));

test('mentions no browser error text or file name', () => {
  for (const message of Object.values(MESSAGES)) expect(message).not.toMatch(/fetch|import|\.js|assets|Error/i);
});

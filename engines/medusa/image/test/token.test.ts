/** Links that sign in, made as engines/src/sign-in-token.ts makes them. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { readToken } from '../src/sign-in/token.ts';

const NOW = 1_800_000_000;
const URL_OF_STORE = 'http://alpha.localhost';
const ENV = { JWT_SECRET: 'jjjj', COOKIE_SECRET: 'cccc', STORE_URL: URL_OF_STORE };

function tokenFor(to: string): string {
  const content = { user: 'admin@alpha.invalid', to, nonce: 'n'.repeat(32), expires: NOW + 60 };
  const text = Buffer.from(JSON.stringify(content)).toString('base64url');
  const key = createHmac('sha256', 'jjjjcccc').update('shopyard sign-in link v1').digest();
  return `${text}.${createHmac('sha256', key).update(`${URL_OF_STORE}\n${text}`).digest('base64url')}`;
}

test('a link is taken by its store until it expires', () => {
  const token = tokenFor('orders');
  expect(readToken(token, { env: ENV, now: NOW })).toMatchObject({ user: 'admin@alpha.invalid', to: 'orders' });
  expect(readToken(token, { env: ENV, now: NOW + 59 })).toBeDefined();
  expect(readToken(token, { env: ENV, now: NOW + 60 })).toBeUndefined();
});

test.each([
  { what: 'another address', env: { ...ENV, STORE_URL: 'http://beta.localhost' } },
  { what: 'another secret', env: { ...ENV, JWT_SECRET: 'xxxx' } },
  { what: 'no secret', env: { STORE_URL: URL_OF_STORE } },
])('a link is refused by a store with $what', ({ env }) => {
  expect(readToken(tokenFor(''), { env, now: NOW })).toBeUndefined();
});

test('a link that somebody changed is refused', () => {
  const [body = '', signature = ''] = tokenFor('').split('.');
  const other = Buffer.from(body, 'base64url').toString('utf8').replace('admin@', 'other@');
  const changed = `${Buffer.from(other).toString('base64url')}.${signature}`;
  for (const text of [changed, body, `${body}.`, `.${signature}`, '', 'a.b'])
    expect(readToken(text, { env: ENV, now: NOW })).toBeUndefined();
});

test.each(['//evil.example', '/\\evil.example', '../store', 'https://evil.example', 'orders\r\nx'])(
  'a link that leads to %j is refused',
  (to) => {
    expect(readToken(tokenFor(to), { env: ENV, now: NOW })).toBeUndefined();
  },
);

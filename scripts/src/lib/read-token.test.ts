import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { readToken } from './read-token.ts';

test("sends the token beside the server's data to this machine alone", () => {
  using dir = temporaryDir();
  writeFileSync(join(dir.path, 'cli-token'), 'kept\n', { mode: 0o600 });
  const env = { SHOPYARD_DATA_DIR: dir.path };
  for (const url of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://127.8.9.1'])
    expect(readToken(url, env), url).toBe('kept');
  for (const url of [
    'https://shopyard.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://alpha.localhost:3000',
    'http://10.0.0.1:3000',
  ])
    expect(readToken(url, env), url).toBeUndefined();
});

test('sends the token that is given to wherever the script calls', () => {
  const env = { SHOPYARD_TOKEN: 'given', SHOPYARD_DATA_DIR: '/nowhere' };
  expect(readToken('https://shopyard.example.com', env)).toBe('given');
  expect(readToken('http://localhost:3000', env)).toBe('given');
});

test('sends none where there is none', () => {
  expect(readToken('http://localhost:3000', { SHOPYARD_DATA_DIR: '/nowhere' })).toBeUndefined();
});

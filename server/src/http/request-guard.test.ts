import { expect, test } from 'vitest';
import { refusalOf } from './request-guard.ts';

test.each([
  [{ host: 'localhost:3000' }, '127.0.0.1', true],
  [{ host: '127.0.0.1:3000' }, '127.0.0.1', true],
  [{ host: '[::1]:3000' }, '::1', true],
  [{ host: 'alpha.localhost:3000' }, '127.0.0.1', true],
  [{ host: 'evil.example' }, '127.0.0.1', false],
  [{ host: 'localhost.evil.example' }, '127.0.0.1', false],
  [{}, '127.0.0.1', false],
  [{ host: 'shopyard.example.com' }, '0.0.0.0', true],
  [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, '127.0.0.1', true],
  [{ host: 'localhost:3000', origin: 'http://localhost:4000' }, '127.0.0.1', false],
  [{ host: 'localhost:3000', origin: 'http://evil.example' }, '127.0.0.1', false],
  [{ host: 'localhost:3000', origin: 'null' }, '127.0.0.1', false],
  [{ host: 'shopyard.example.com', origin: 'https://evil.example' }, '0.0.0.0', false],
])('%o on %s passes: %s', (headers, listensOn, passes) => {
  expect(refusalOf(headers, listensOn) === undefined).toBe(passes);
});

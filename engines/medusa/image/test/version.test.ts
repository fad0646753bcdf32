import { expect, test } from 'vitest';
import { isOlder } from '../src/setup/version.ts';

test.each([
  { version: '2.21.1', than: '2.21.2', older: true },
  { version: '2.9.0', than: '2.21.2', older: true },
  { version: '2.21.2', than: '2.21.2', older: false },
  { version: '2.22', than: '2.21.2', older: false },
  { version: '3.0.0', than: '2.21.2', older: false },
])('$version is older than $than: $older', ({ version, than, older }) => {
  expect(isOlder(version, than)).toBe(older);
});

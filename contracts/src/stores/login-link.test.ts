import { expect, test } from 'vitest';
import { adminPathSchema, askLoginLinkSchema } from './login-link.ts';

test.each([
  '',
  'index.php',
  'edit.php?post_type=product',
  'admin.php?page=wc-settings&tab=checkout&section=cod#methods',
  'admin.php?page=wc-admin&path=%2Fanalytics',
  'network/sites.php',
  'user/',
])('a page of the administrator: %s', (path) => {
  expect(adminPathSchema.parse(path)).toBe(path);
  // As a browser resolves it.
  expect(new URL(path, 'https://shop.example/wp-admin/').href).toMatch(/^https:\/\/shop\.example\/wp-admin\//);
});

test.each([
  '/wp-login.php',
  '//evil.example',
  'a//b',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  '..',
  '../wp-login.php',
  'a/../../b',
  './a',
  '%2e%2e/wp-login.php',
  '.%2e/wp-login.php',
  '\\evil.example',
  'a?b\\c',
  'a b',
  'a\tb',
  'a\nb',
  'a?b\r\nc',
  'a?to=//evil.example',
  'ä.php',
  'a'.repeat(1001),
])('no page of the administrator: %j', (path) => {
  expect(adminPathSchema.safeParse(path).success).toBe(false);
});

test('needs no page, and says what one looks like', () => {
  expect(askLoginLinkSchema.parse({ id: 'st_1' })).toEqual({ id: 'st_1' });
  const [issue] = askLoginLinkSchema.safeParse({ id: 'st_1', to: '/' }).error?.issues ?? [];
  expect(issue).toMatchObject({ path: ['to'], message: expect.stringContaining('such as edit.php') as string });
});

import { expect, test } from 'vitest';
import { lastWords, redact } from './redact.ts';

test.each([
  ['password=hunter2 and on', 'password=[redacted] and on'],
  ["define( 'AUTH_KEY', 'x' ); 'db_password' => 'hunter2'", "define( 'AUTH_KEY', 'x' ); 'db_password' => '[redacted]'"],
  ['{"token": "hunter2", "user": "admin"}', '{"token": "[redacted]", "user": "admin"}'],
  ['mysql://wordpress:hunter2@mariadb/wordpress', 'mysql://wordpress:[redacted]@mariadb/wordpress'],
  [
    "Access denied for user 'wordpress'@'10.0.0.1' (using password: YES)",
    "Access denied for user 'wordpress'@'10.0.0.1' (using password: [redacted])",
  ],
  ['nothing to hide', 'nothing to hide'],
])('%s', (text, shown) => {
  expect(redact(text)).toBe(shown);
});

test('the last lines, in one', () => {
  expect(lastWords('one\n\ntwo\n  three  \nfour\n')).toBe('two | three | four');
  expect(lastWords('\n')).toBe('');
});

test('shows what a terminal would act on as text, and finds secrets behind it', () => {
  expect(lastWords('\u001B]0;owned\u0007\u001B[31mred\u001B[0m\rforged')).toBe('red\uFFFDforged');
  expect(lastWords('pass\u001B[0mword=hunter2')).toBe('password=[redacted]');
});

import { expect, test } from 'vitest';
import { lastWords, redact } from './redact.ts';

test.each([
  { name: 'an assignment', text: 'password=hunter2 and on', shown: 'password=[redacted] and on' },
  {
    name: 'a PHP array',
    text: "define( 'AUTH_KEY', 'x' ); 'db_password' => 'hunter2'",
    shown: "define( 'AUTH_KEY', 'x' ); 'db_password' => '[redacted]'",
  },
  {
    name: 'the address of a sign-in link',
    text: 'GET /wp-login.php?shopyard-sign-in-token=eyJ1.9_OC HTTP/1.1',
    shown: 'GET /wp-login.php?shopyard-sign-in-token=[redacted] HTTP/1.1',
  },
  { name: 'JSON', text: '{"token": "hunter2", "user": "admin"}', shown: '{"token": "[redacted]", "user": "admin"}' },
  {
    name: 'a database URL',
    text: 'mysql://wordpress:hunter2@mariadb/wordpress',
    shown: 'mysql://wordpress:[redacted]@mariadb/wordpress',
  },
  {
    name: 'a refused login',
    text: "Access denied for user 'wordpress'@'10.0.0.1' (using password: YES)",
    shown: "Access denied for user 'wordpress'@'10.0.0.1' (using password: [redacted])",
  },
])('redacts the secrets in $name', ({ text, shown }) => {
  expect(redact(text)).toBe(shown);
});

test('leaves a text without secrets as it is', () => {
  expect(redact('nothing to hide')).toBe('nothing to hide');
});

test('joins the last three lines', () => {
  expect(lastWords('one\n\ntwo\n  three  \nfour\n')).toBe('two | three | four');
  expect(lastWords('\n')).toBe('');
});

test('shows what a terminal would act on as text, and finds secrets behind it', () => {
  expect(lastWords('\u001B]0;owned\u0007\u001B[31mred\u001B[0m\rforged')).toBe('red\uFFFDforged');
  expect(lastWords('pass\u001B[0mword=hunter2')).toBe('password=[redacted]');
});

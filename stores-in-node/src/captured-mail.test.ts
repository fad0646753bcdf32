/** The plugin that keeps the mail of embedded stores, without WordPress. */
import { readFileSync } from 'node:fs';
import { PHP } from '@php-wasm/universal';
import { beforeAll, expect, test } from 'vitest';
import { loadRuntime } from './php.ts';

const PLUGIN = new URL('../php/shopyard.php', import.meta.url);
/** Sends one mail and prints the file that is kept of it. Each filter of `FILTERS` returns its value. */
const HARNESS = `<?php
$hooks = [];
function add_filter($name, $hook) { $GLOBALS['hooks'][$name] = $hook; }
function apply_filters($name, $value) { return json_decode('FILTERS', true)[$name] ?? $value; }
function wp_json_encode($value) { return json_encode($value); }
function wp_parse_url($url, $part) { return parse_url($url, $part); }
function network_home_url() { return 'http://alpha.localhost:3000/'; }
require '/tmp/shopyard.php';
array_map('unlink', glob('/var/www/mail/*'));
$mail = json_decode('MAIL', true) + ['to' => 'a@example.com', 'subject' => 'Hi', 'message' => 'Hello', 'headers' => '', 'attachments' => []];
$hooks['pre_wp_mail'](null, $mail);
echo file_get_contents(glob('/var/www/mail/*.json')[0]);
`;

let php: PHP;
beforeAll(async () => {
  php = new PHP(await loadRuntime({}));
  php.writeFile('/tmp/shopyard.php', readFileSync(PLUGIN));
  php.mkdir('/var/www');
});

async function kept(mail: object, filters: Record<string, string> = {}): Promise<unknown> {
  const code = HARNESS.replace('FILTERS', JSON.stringify(filters)).replace('MAIL', JSON.stringify(mail));
  const { text, errors } = await php.run({ code });
  expect(errors).toBe('');
  return JSON.parse(text);
}

test('keeps recipients, subject and message, with the sender that WordPress would use', async () => {
  expect(await kept({})).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    to: ['a@example.com'],
    subject: 'Hi',
    message: 'Hello',
    from: 'WordPress <wordpress@alpha.localhost>',
    html: false,
    attachments: [],
  });
});

test.each([
  { what: 'a list of headers', headers: ['From: "Mugs" <mugs@example.com>', 'Content-Type: text/html; charset=UTF-8'] },
  { what: 'headers as text', headers: 'From: Mugs <mugs@example.com>\\r\\nContent-Type: text/html' },
])('reads the sender and the format from $what', async ({ headers }) => {
  expect(await kept({ headers })).toMatchObject({ from: 'Mugs <mugs@example.com>', html: true });
});

test("lets filters decide, as WooCommerce's do", async () => {
  const filters = {
    wp_mail_from: 'shop@example.com',
    wp_mail_from_name: 'My shop',
    wp_mail_content_type: 'text/html',
  };
  expect(await kept({ headers: 'From: x@example.com' }, filters)).toMatchObject({
    from: 'My shop <shop@example.com>',
    html: true,
  });
});

test.each([
  { what: 'paths', attachments: ['/tmp/a/invoice.pdf', '/tmp/terms.txt'] },
  { what: 'names', attachments: { 'invoice.pdf': '/tmp/1', 'terms.txt': '/tmp/2' } },
  { what: 'lines', attachments: '/tmp/invoice.pdf\\n/tmp/terms.txt' },
])('names attachments given as $what', async ({ attachments }) => {
  expect(await kept({ attachments })).toMatchObject({ attachments: ['invoice.pdf', 'terms.txt'] });
});

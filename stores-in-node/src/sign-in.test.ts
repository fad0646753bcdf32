/** The chart's must-use plugin for sign-in links, without WordPress: which tokens it takes, and what it answers. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PHP } from '@php-wasm/universal';
import { beforeAll, expect, test } from 'vitest';
import { loadRuntime } from './php.ts';

const URL_OF_STORE = 'http://alpha.localhost:3000';
const NOW = 1_800_000_000;
const KEYS = { SECURE_AUTH_KEY: 'k'.repeat(64), SECURE_AUTH_SALT: 's'.repeat(64) };
const LINK = { user: 'admin-ab12', to: '', nonce: 'n'.repeat(32), expires: NOW + 60 };
/** Made by engines/src/woocommerce/sign-in.ts; the same text is in server/src/app/stores/store-logins.test.ts. */
const TOKEN =
  'eyJ1c2VyIjoiYWRtaW4tYWIxMiIsInRvIjoiIiwibm9uY2UiOiJubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubiIsImV4cGlyZXMiOjE4MDAwMDAwNjB9.9_OCqKjCyB1AL21w6hhm55pVJ5AQrzoogr1L0Ye23r4';

/** WordPress as far as the plugin needs it: `RAN` says what it was made to do. */
const WORDPRESS = `<?php
namespace Shopyard\\SignIn { function time() { return $GLOBALS['given']['now']; } }
namespace {
$given = json_decode(base64_decode('GIVEN'), true);
$ran = [];
register_shutdown_function(fn() => header('X-Ran: ' . json_encode($GLOBALS['ran'])));
ob_start();
foreach ($given['keys'] as $name => $value) define($name, $value);
define('WP_HOME', $given['home']);
$_SERVER = ['SCRIPT_NAME' => $given['script'], 'REQUEST_METHOD' => $given['method']];
$_GET = $given['query'];
function add_action($name, $hook) { $GLOBALS['hook'] = $hook; }
function get_user_by($by, $name) { return $name === 'admin-ab12' || $name === 'clerk' ? (object) ['ID' => 7, 'user_login' => $name] : false; }
function user_can($user) { return $user->user_login === 'admin-ab12'; }
function wp_set_current_user() {}
function wp_set_auth_cookie($id) { $GLOBALS['ran'][] = "signed in $id"; }
function do_action($name, $login) { $GLOBALS['ran'][] = "$name $login"; }
function status_header($code) { http_response_code($code); }
function admin_url($path) { return WP_HOME . "/wp-admin/$path"; }
function wp_redirect($to, $status) { http_response_code($status); header("Location: $to"); }
$wpdb = new class {
    public $options = 'options';
    function esc_like($text) { return $text; }
    function prepare($query, ...$args) { return [$query, ...$args]; }
    function query($query) { $GLOBALS['ran'][] = strtok($query[0], ' '); return $GLOBALS['given']['inserted']; }
};
require '/tmp/sign-in.php';
$hook();
$ran[] = 'went on';
}`;

let php: PHP;
beforeAll(async () => {
  php = new PHP(await loadRuntime({}));
  php.writeFile(
    '/tmp/sign-in.php',
    readFileSync(new URL('../../charts/woocommerce/files/sign-in.php', import.meta.url)),
  );
});

const GIVEN = {
  now: NOW,
  keys: KEYS as Record<string, string>,
  home: URL_OF_STORE,
  script: '/wp-login.php',
  method: 'GET',
  /** Rows inserted; false where the database failed. */
  inserted: 1 as number | false,
};

async function open(token: unknown, change: Partial<typeof GIVEN> = {}) {
  const query = token === undefined ? {} : { 'shopyard-sign-in-token': token };
  const given = Buffer.from(JSON.stringify({ ...GIVEN, ...change, query })).toString('base64');
  const { text, errors, headers, httpStatusCode: status } = await php.run({ code: WORDPRESS.replace('GIVEN', given) });
  expect(errors).toBe('');
  const only = (name: string): string | undefined => headers[name]?.[0];
  return { status, text, ran: JSON.parse(only('x-ran') ?? '[]') as string[], header: only };
}

function sign(text: string, { url = URL_OF_STORE, purpose = 'shopyard sign-in link v1', keys = KEYS } = {}): string {
  const key = createHmac('sha256', keys.SECURE_AUTH_KEY + keys.SECURE_AUTH_SALT)
    .update(purpose)
    .digest();
  return `${text}.${createHmac('sha256', key).update(`${url}\n${text}`).digest('base64url')}`;
}

const encode = (link: object): string => Buffer.from(JSON.stringify(link)).toString('base64url');
const tokenOf = (change: object): string => sign(encode({ ...LINK, ...change }));

test('takes the token that Shopyard makes, and sends the administrator on without it', async () => {
  const { status, ran, text, header } = await open(TOKEN);
  expect({ status, ran, text }).toEqual({
    status: 303,
    ran: ['INSERT', 'DELETE', 'signed in 7', 'wp_login admin-ab12'],
    text: '',
  });
  expect(header('location')).toBe(`${URL_OF_STORE}/wp-admin/`);
  expect(header('referrer-policy')).toBe('no-referrer');
  expect(header('cache-control')).toContain('no-store');
});

test.each(['edit.php?post_type=product', 'admin.php?page=wc-settings&tab=checkout#top', 'network/', ''])(
  'leads to wp-admin/%s',
  async (to) => {
    expect((await open(tokenOf({ to }))).header('location')).toBe(`${URL_OF_STORE}/wp-admin/${to}`);
  },
);

test('tells the time to whoever asks, and signs nobody in', async () => {
  const { status, text, ran } = await open('');
  expect({ status, ran }).toEqual({ status: 200, ran: [] });
  expect(JSON.parse(text)).toEqual({ signIn: 1, now: NOW });
});

test.each<{ what: string; token: unknown; given?: Partial<typeof GIVEN>; says: RegExp }>([
  { what: 'a used link', token: TOKEN, given: { inserted: 0 }, says: /has been used/ },
  {
    what: 'a link whose use the database did not take',
    token: TOKEN,
    given: { inserted: false },
    says: /has been used/,
  },
  { what: 'a link a second too late', token: TOKEN, given: { now: NOW + 61 }, says: /expired/ },
  { what: 'a link that lasts too long', token: tokenOf({ expires: NOW + 61 }), says: /expired/ },
  {
    what: 'a link of another key',
    token: sign(encode(LINK), { keys: { ...KEYS, SECURE_AUTH_SALT: 'x'.repeat(64) } }),
    says: /not made for this store/,
  },
  {
    what: 'a link to another store',
    token: sign(encode(LINK), { url: 'http://beta.localhost:3000' }),
    says: /not made for this store/,
  },
  {
    what: 'a signature for another purpose',
    token: sign(encode(LINK), { purpose: 'shopyard' }),
    says: /not made for this store/,
  },
  { what: 'a changed link', token: TOKEN.replace('.', '=.'), says: /not made for this store/ },
  { what: 'a link without its signature', token: TOKEN.split('.')[0], says: /not made for this store/ },
  { what: 'a signature without its link', token: `.${TOKEN.split('.')[1]}`, says: /not made for this store/ },
  { what: 'a signed text that is no link', token: sign('bm9uc2Vuc2U'), says: /not made for this store/ },
  { what: 'a link without a nonce', token: tokenOf({ nonce: undefined }), says: /not made for this store/ },
  { what: 'an expiry that is no number', token: tokenOf({ expires: '1800000060' }), says: /not made for this store/ },
  { what: 'a list', token: ['x'], says: /not a sign-in link/ },
  { what: 'a HEAD', token: TOKEN, given: { method: 'HEAD' }, says: /not a sign-in link/ },
  { what: 'a link for a user who is gone', token: tokenOf({ user: 'gone' }), says: /no longer an administrator/ },
  {
    what: 'a link for a user who is no administrator',
    token: tokenOf({ user: 'clerk' }),
    says: /no longer an administrator/,
  },
  {
    what: 'a link in a store without keys',
    token: sign(encode(LINK), { keys: { SECURE_AUTH_KEY: '', SECURE_AUTH_SALT: '' } }),
    given: { keys: {} },
    says: /not made for this store/,
  },
  ...[
    '//evil.example',
    '/wp-login.php',
    'https://evil.example',
    'javascript:alert(1)',
    '../',
    'a/../../',
    './',
    '\\\\evil.example',
    'a\nb',
    'a\r\nSet-Cookie: b=c',
    'a b',
    '%2e%2e/',
    'a?to=//evil.example',
    'a?\\',
  ].map((to) => ({ what: `a link to ${JSON.stringify(to)}`, token: tokenOf({ to }), says: /not made for this store/ })),
])('refuses $what', async ({ token, given, says }) => {
  const { status, text, ran, header } = await open(token, given);
  expect(status).toBe(403);
  expect(text).toMatch(says);
  expect(ran.filter((what) => what !== 'INSERT')).toEqual([]);
  expect(header('location')).toBeUndefined();
  expect(header('cache-control')).toContain('no-store');
});

test('is in nobody’s way on other pages', async () => {
  expect((await open(undefined)).ran).toEqual(['went on']);
  expect((await open(TOKEN, { script: '/index.php' })).ran).toEqual(['went on']);
});

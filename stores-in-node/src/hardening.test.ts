/**
 * The chart's must-use plugin for hardening, without WordPress: whose login attempts it counts, and how many it keeps.
 */
import { readFileSync } from 'node:fs';
import { PHP } from '@php-wasm/universal';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRuntime } from './php.ts';

/** The parts of WordPress that the plugin needs to load, with one row of options in memory. */
const FAKES = `<?php
function add_filter() {} function add_action() {} function remove_action() {}
function wp_json_encode($value) { return json_encode($value); } function wp_salt() { return 'salt'; } function get_user_by() { return false; }
$wpdb = new class {
    public $options = 'options'; public $row; public $locked = '1';
    function prepare($query) { return $query; }
    function query() {}
    function get_var($query) { return str_contains($query, 'GET_LOCK') ? $this->locked : $this->row; }
    function replace($table, $row) { $this->row = $row['option_value']; }
};
require '/tmp/hardening.php';
use function Shopyard\\Hardening\\{client_address, forget_tries, take_try};
`;
const PLUGIN = new URL('../../charts/woocommerce/files/hardening.php', import.meta.url);

let php: PHP;
beforeAll(async () => {
  php = new PHP(await loadRuntime({}));
  php.writeFile('/tmp/hardening.php', readFileSync(PLUGIN));
  php.writeFile('/tmp/prepend.php', readFileSync(new URL('prepend.php', PLUGIN)));
});

async function run(code: string, before = FAKES): Promise<unknown> {
  const { text, errors } = await php.run({ code: before + code });
  expect(errors).toBe('');
  return JSON.parse(text);
}

describe('the address by which login attempts are counted', () => {
  test.each<{ what: string; peer: string; forwarded: string; counted: string }>([
    { what: 'a proxy’s client, by port-forward', peer: '127.0.0.1', forwarded: '203.0.113.7', counted: 'cb007107' },
    { what: 'a proxy’s client, by ingress', peer: '10.42.0.3', forwarded: '203.0.113.7', counted: 'cb007107' },
    { what: 'a proxy’s client, from a shared range', peer: '100.64.0.1', forwarded: '9.9.9.9', counted: '09090909' },
    { what: 'only the last hop', peer: '10.0.0.3', forwarded: '1.2.3.4, 9.9.9.9', counted: '09090909' },
    { what: 'the peer, if it is not a proxy', peer: '8.8.8.8', forwarded: '1.2.3.4', counted: '08080808' },
    { what: 'the peer, if nothing is forwarded', peer: '127.0.0.1', forwarded: '', counted: '7f000001' },
    {
      what: 'the peer, if no address is forwarded',
      peer: '10.0.0.3',
      forwarded: '1.2.3.4, unknown',
      counted: '0a000003',
    },
    { what: 'IPv4 in IPv6 as IPv4', peer: '::1', forwarded: '::ffff:9.9.9.9', counted: '09090909' },
    { what: 'an IPv6 network as one', peer: '::1', forwarded: '2001:db8:1:2:3::4', counted: '20010db800010002' },
  ])('is $what', async ({ peer, forwarded, counted }) => {
    const server = JSON.stringify(JSON.stringify({ REMOTE_ADDR: peer, HTTP_X_FORWARDED_FOR: forwarded }));
    expect(await run(`$_SERVER = json_decode(${server}, true); echo json_encode(client_address());`)).toBe(counted);
  });
});

test('loads once after the must-use plugins, whether or not it was one of them', async () => {
  const loaded = `function_exists('Shopyard\\\\Hardening\\\\take_try')`;
  const code = `require '/tmp/prepend.php';
    $before = ${loaded};
    foreach ($GLOBALS['wp_filter']['muplugins_loaded'][0] as ['function' => $load]) { $load(); $load(); }
    echo json_encode([$before, ${loaded}]);`;
  expect(await run(code)).toEqual([true, true]);
  expect(await run(code, FAKES.replace("require '/tmp/hardening.php';", ''))).toEqual([false, true]);
});

/** `$tries(address, user, count)`: whether each of that many attempts is allowed. */
const TRIES = `
  $tries = function (string $address, string $user, int $count): array {
    $_SERVER['REMOTE_ADDR'] = $address;
    return array_map(fn() => take_try($user), range(1, $count));
  };
  $kept = fn() => json_decode($wpdb->row, true);`;

test('allows five attempts, then none until they are forgotten or 15 minutes old', async () => {
  const [first, other, forgotten, later] = (await run(`${TRIES}
    $first = $tries('8.8.8.8', 'a', 6); $other = take_try('b'); forget_tries('a'); $forgotten = $tries('8.8.8.8', 'a', 6);
    $wpdb->row = json_encode(array_map(fn($entry) => [$entry[0], time() - 901], $kept()));
    echo json_encode([$first, $other, $forgotten, $tries('8.8.8.8', 'a', 6)]);`)) as boolean[][];
  const five = [true, true, true, true, true, false];
  expect({ first, other, forgotten, later }).toEqual({ first: five, other: true, forgotten: five, later: five });
});

test('allows an address 100 wrong attempts under any names; correct ones do not count', async () => {
  const [invented, elsewhere, right] = (await run(`${TRIES}
    $count = fn(string $address, string $user) => count(array_filter($tries($address, $user, 1)));
    $invented = 0; for ($n = 0; $n < 1500; $n++) $invented += $count('8.8.8.8', "user-$n");
    $elsewhere = $count('9.9.9.9', 'user-1');
    $right = 0; for ($n = 0; $n < 200; $n++) { $right += $count('7.7.7.7', "customer-$n"); forget_tries("customer-$n"); }
    echo json_encode([$invented, $elsewhere, $right]);`)) as number[];
  expect({ invented, elsewhere, right }).toEqual({ invented: 100, elsewhere: 1, right: 200 });
});

test('a flood of names from many addresses displaces no higher count', async () => {
  const [entries, refused] = (await run(`${TRIES}
    $tries('8.8.8.8', 'admin', 5);
    for ($n = 0; $n < 1200; $n++) $tries('9.9.' . intdiv($n, 90) . '.1', "user-$n", 1);
    echo json_encode([count($kept()), $tries('8.8.8.8', 'admin', 1)]);`)) as [number, boolean[]];
  expect({ entries, refused }).toEqual({ entries: 1000, refused: [false] });
});

test('refuses if others hold the lock too long; counts from zero if the row is garbage', async () => {
  expect(await run(`$wpdb->locked = '0'; echo json_encode(take_try('a'));`)).toBe(false);
  expect(await run(`$wpdb->row = 'garbage'; echo json_encode(take_try('a'));`)).toBe(true);
});

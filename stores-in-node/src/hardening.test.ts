/** The parts of the chart's must-use plugin that WordPress is not needed for: whom it counts, and how much it keeps. */
import { readFileSync } from 'node:fs';
import { PHP } from '@php-wasm/universal';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRuntime } from './php.ts';

/** WordPress, as far as the plugin needs it to be loaded: one row of options in memory. */
const FAKES = `<?php
function add_filter() {} function add_action() {} function remove_action() {}
function wp_json_encode($value) { return json_encode($value); }
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
const PLUGIN = new URL('../../charts/store/files/hardening.php', import.meta.url);

let php: PHP;
beforeAll(async () => {
  php = new PHP(await loadRuntime({}));
  php.writeFile('/tmp/hardening.php', readFileSync(PLUGIN));
});

async function run(code: string): Promise<unknown> {
  const { text, errors } = await php.run({ code: FAKES + code });
  expect(errors).toBe('');
  return JSON.parse(text);
}

describe('the address that tries are counted by', () => {
  test.each<{ what: string; peer: string; forwarded: string; counted: string }>([
    { what: 'a proxy’s client, of a port-forward', peer: '127.0.0.1', forwarded: '203.0.113.7', counted: 'cb007107' },
    { what: 'a proxy’s client, of an ingress', peer: '10.42.0.3', forwarded: '203.0.113.7', counted: 'cb007107' },
    { what: 'a proxy’s client, from a shared range', peer: '100.64.0.1', forwarded: '9.9.9.9', counted: '09090909' },
    { what: 'the last hop alone', peer: '10.0.0.3', forwarded: '1.2.3.4, 9.9.9.9', counted: '09090909' },
    { what: 'the peer, when it is no proxy', peer: '8.8.8.8', forwarded: '1.2.3.4', counted: '08080808' },
    { what: 'the peer, when nothing is forwarded', peer: '127.0.0.1', forwarded: '', counted: '7f000001' },
    { what: 'the peer, when no address is', peer: '10.0.0.3', forwarded: '1.2.3.4, unknown', counted: '0a000003' },
    { what: 'IPv4 in IPv6 as IPv4', peer: '::1', forwarded: '::ffff:9.9.9.9', counted: '09090909' },
    { what: 'an IPv6 network as one', peer: '::1', forwarded: '2001:db8:1:2:3::4', counted: '20010db800010002' },
  ])('is $what', async ({ peer, forwarded, counted }) => {
    const server = JSON.stringify(JSON.stringify({ REMOTE_ADDR: peer, HTTP_X_FORWARDED_FOR: forwarded }));
    expect(await run(`$_SERVER = json_decode(${server}, true); echo json_encode(client_address());`)).toBe(counted);
  });
});

test('counts five tries, then refuses until they are forgotten or 15 minutes old', async () => {
  const tries = 'array_map(fn() => take_try("a"), range(1, 6))';
  const [first, other, forgotten, later] = (await run(`
    $first = ${tries}; $other = take_try("b"); forget_tries("a"); $forgotten = ${tries};
    $wpdb->row = json_encode(["a" => [5, time() - 901]]);
    echo json_encode([$first, $other, $forgotten, ${tries}]);`)) as boolean[][];
  const five = [true, true, true, true, true, false];
  expect({ first, other, forgotten, later }).toEqual({ first: five, other: true, forgotten: five, later: five });
});

test('keeps a thousand counts at most, the newest', async () => {
  const [count, has] = (await run(`
    for ($n = 0; $n < 1500; $n++) take_try("key-$n");
    $kept = json_decode($wpdb->row, true);
    echo json_encode([count($kept), isset($kept['key-1499'])]);`)) as [number, boolean];
  expect({ count, has }).toEqual({ count: 1000, has: true });
});

test('refuses when others hold the lock for too long, and starts counting from zero when the row is garbage', async () => {
  expect(await run(`$wpdb->locked = '0'; echo json_encode(take_try("a"));`)).toBe(false);
  expect(await run(`$wpdb->row = 'garbage'; echo json_encode(take_try("a"));`)).toBe(true);
});

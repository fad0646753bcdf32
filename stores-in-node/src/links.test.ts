/** How the chart's setup moves links, as far as it needs no database. */
import { readFileSync } from 'node:fs';
import { PHP } from '@php-wasm/universal';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRuntime } from './php.ts';

const SCRIPT = new URL('../../charts/woocommerce/files/setup-links.php', import.meta.url);
/** WordPress's function, as far as it matters here. */
const FAKES = `function is_serialized($data) { return (bool) preg_match('/^([aOsE]:\\d+:.*[;}]|[bid]:.*;|N;)$/s', $data); }`;

let php: PHP;
beforeAll(async () => {
  php = new PHP(await loadRuntime({}));
  php.writeFile('/tmp/links.php', readFileSync(SCRIPT));
});

async function run(code: string): Promise<unknown> {
  const { text, errors } = await php.run({ code: `<?php ${FAKES} require '/tmp/links.php'; ${code}` });
  expect(errors).toBe('');
  return JSON.parse(text);
}

const OLD = 'http://a.localhost:3000';
const NEW = 'https://shop.example.test';
const moved = async (text: string, from = OLD, to = NEW): Promise<string> => {
  const [given, old, next] = [text, from, to].map(
    (value) => `base64_decode('${Buffer.from(value).toString('base64')}')`,
  );
  const move = `fn($text) => move_links($text, ${old}, ${next})`;
  return String(await run(`echo json_encode(rewrite_value(${given}, ${move}));`));
};

describe('a store that moves', () => {
  test.each([
    { text: `<a href="${OLD}/shop/">`, expected: `<a href="${NEW}/shop/">` },
    { text: `see ${OLD}.`, expected: `see ${NEW}.` },
    { text: 'https://A.localhost:3000/x', expected: `${NEW}/x` },
    { text: '//a.localhost:3000/x', expected: '//shop.example.test/x' },
    { text: '{"url":"http:\\/\\/a.localhost:3000\\/x"}', expected: '{"url":"https:\\/\\/shop.example.test\\/x"}' },
    { text: '?to=http%3A%2F%2Fa.localhost%3A3000%2Fx', expected: '?to=https%3A%2F%2Fshop.example.test%2Fx' },
  ])('rewrites $text to $expected', async ({ text, expected }) => {
    expect(await moved(text)).toBe(expected);
  });

  test.each([
    'http://a.localhost:30001/x',
    'http://a.localhost/x',
    'http://aa.localhost:3000/x',
    'http://a.localhost:3000.example.com/',
    'mail@a.localhost:3000',
  ])('keeps another address: %s', async (text) => {
    expect(await moved(text)).toBe(text);
  });

  test('keeps addresses that only begin like an old one without a port', async () => {
    const texts = ['http://a.test:8080/', 'http://a.test.de/', 'http://a.test-b/'].join(' ');
    expect(await moved(`${texts} http://a.test/`, 'http://a.test', NEW)).toBe(`${texts} ${NEW}/`);
  });

  test('rewrites an address once, however often it runs', async () => {
    const to = 'http://a.localhost:30001';
    expect(await moved(await moved(`${OLD}/x`, OLD, to), OLD, to)).toBe(`${to}/x`);
  });
});

test('keeps serialised values readable: arrays, unknown classes, nested values; leaves incomplete ones', async () => {
  const read = (await run(`
    class Widget { public $url = '${OLD}/a'; protected $more = ['${OLD}/b' => 1.5, 'n' => null, 't' => true]; private $é = 'ü ${OLD}/c'; }
    $value = ['widget' => new Widget(), 'inner' => serialize(['${OLD}/d']), 'i' => 3];
    $move = fn($text) => move_links($text, '${OLD}', '${NEW}');
    $new = rewrite_value(serialize($value), $move);
    $again = unserialize($new);
    $half = substr(serialize(['${OLD}/long']), 0, -3) . ';}';
    echo json_encode([print_r($again, true), unserialize($again['inner']), serialize($again) === $new, rewrite_value($half, $move) === $half]);
  `)) as [string, string[], boolean, boolean];
  expect(read[0]).not.toContain('localhost');
  expect(read[0].match(/shop\.example\.test\/[abcd]/g)).toHaveLength(4);
  expect(read.slice(1)).toEqual([[`${NEW}/d`], true, true]);
});

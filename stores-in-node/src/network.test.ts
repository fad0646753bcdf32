/** A store's PHP and its process reach nothing on the network. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { type PhpBuild, startPhp } from '../test/php-process.ts';
import { socketsOf } from '../test/sockets.ts';

const BUILDS: PhpBuild[] = ['jspi', 'asyncify'];
const isLinux = process.platform === 'linux';
if (!isLinux) process.stderr.write('Sockets of processes are looked at on Linux alone: there is no /proc here.\n');

test.runIf(isLinux).each(BUILDS)('a process with a PHP runtime has no socket of its own: %s', async (build) => {
  const { pid } = await startPhp(build);
  expect(socketsOf(pid)).toEqual([]);
});

test.runIf(isLinux).each(BUILDS)('PHP opens no port: %s', async (build) => {
  const php = await startPhp(build);
  for (const address of ['tcp://127.0.0.1:0', 'tcp://0.0.0.0:45871', 'udp://127.0.0.1:45872']) {
    const flags = address.startsWith('udp') ? 'STREAM_SERVER_BIND' : 'STREAM_SERVER_BIND | STREAM_SERVER_LISTEN';
    const { text } = await php.run(
      `$keep[] = $server = @stream_socket_server('${address}', $number, $message, ${flags}); var_dump($server);`,
    );
    expect(text, address).toBe('bool(false)\n');
    expect(socketsOf(php.pid), address).toEqual([]);
  }
});

/** Each returns what it received, or false; the test listens on `PORT`. */
const CLIENTS = {
  fsockopen: `$socket = @fsockopen('127.0.0.1', PORT, $number, $message, 2);
    if ($socket) { @fwrite($socket, "GET / HTTP/1.0\\r\\n\\r\\n"); $got = fgets($socket); } else { $got = false; }`,
  stream_socket_client: `$socket = @stream_socket_client('tcp://127.0.0.1:PORT', $number, $message, 2);
    if ($socket) { @fwrite($socket, "GET / HTTP/1.0\\r\\n\\r\\n"); $got = fgets($socket); } else { $got = false; }`,
  'stream_socket_client by UDP': `$socket = @stream_socket_client('udp://127.0.0.1:PORT', $number, $message, 2);
    $got = $socket && @fwrite($socket, 'x') ? 'sent' : false;`,
  curl: `$curl = curl_init('http://127.0.0.1:PORT/');
    curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 3]); $got = curl_exec($curl);`,
  file_get_contents: `$got = @file_get_contents('http://127.0.0.1:PORT/');`,
  'file_get_contents by name': `$got = @file_get_contents('http://localhost:PORT/');`,
};

test.each(BUILDS)('no client in PHP receives anything from a port: %s', async (build) => {
  let connections = 0;
  const server = createServer((_req, res) => res.end('reached')).on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const php = await startPhp(build);
  for (const [client, code] of Object.entries(CLIENTS)) {
    const { text } = await php.run(`${code.replaceAll('PORT', String(port))} var_dump($got);`);
    expect(text, client).toBe('bool(false)\n');
  }
  expect(connections).toBe(0);
});

test.each(BUILDS)('PHP loads no library, whose JavaScript would have all rights of the process: %s', async (build) => {
  const php = await startPhp(build);
  const { errors } = await php.run(`
    mkdir(ini_get('extension_dir'), 0777, true);
    file_put_contents(ini_get('extension_dir') . '/own.so', "\\0asm\\1\\0\\0\\0");
    dl('own.so');`);
  expect(errors).toContain('no library may be loaded');
  expect(errors).not.toContain('dylink');
});

test('PHP neither starts a program nor waits for one', async () => {
  const php = await startPhp('jspi');
  const { text } = await php.run(`
    foreach (['exec', 'passthru', 'popen', 'proc_open', 'shell_exec', 'system', 'mail', 'pcntl_exec'] as $name)
      echo (int) function_exists($name);`);
  expect(text).toBe('00000000');
});

test('both builds of the package are patched', () => {
  const esm = fileURLToPath(import.meta.resolve('@php-wasm/node'));
  for (const file of [esm, esm.replace(/\.js$/, '.cjs')]) {
    const text = readFileSync(file, 'utf8');
    const state = {
      refuses: text.includes('this PHP has no network'),
      tunnels: text.includes('await withNetworking('),
    };
    expect(state, file).toEqual({ refuses: true, tunnels: false });
  }
});

/** No broken connection crashes the simulator, which would take all embedded stores with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { programOf, temporaryDir } from '@shopyard/testkit';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createPodDialer } from '../../src/kube/port-forward.ts';
import { createKubeClient, type Credentials, type KubeClient, loadCredentials } from '../../src/kube/client.ts';
import { healthDuring } from '../support/health-probe.ts';

const program = (module: string): string => programOf(fileURLToPath(import.meta.resolve(module)));
const ENGINES = JSON.stringify([{ module: pathToFileURL(program('@shopyard/engines/woocommerce/embedded')).href }]);
const MAIN = program('@shopyard/simulator/main');
const DELAYS_MS = [0, 2, 10, 50, 300];
const RESETS = 500;
const POD = '/api/v1/namespaces/default/pods/shop';
const dir = temporaryDir();

let child: ChildProcess;
let stderr = '';
let url: URL;
let credentials: Credentials;
let client: KubeClient;

beforeAll(async () => {
  const kubeconfig = join(dir.path, 'kubeconfig');
  child = spawn(process.execPath, [MAIN, ':memory:', kubeconfig, '0', ENGINES], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  url = new URL(/server: (\S+)/.exec(readFileSync(kubeconfig, 'utf8'))?.[1] ?? '');
  credentials = loadCredentials({ kind: 'kubeconfig', kubeconfig });
  client = createKubeClient(credentials);
  const labels = { app: 'shop' };
  await client.json('/api/v1/namespaces/default/pods', {
    method: 'POST',
    body: { metadata: { name: 'shop', labels }, spec: { containers: [{ name: 'shop', image: 'wordpress:6' }] } },
  });
  await client.json('/api/v1/namespaces/default/services', {
    method: 'POST',
    body: { metadata: { name: 'shop' }, spec: { selector: labels, ports: [{ port: 80 }] } },
  });
  await vi.waitFor(async () => {
    const pod = await client.json<{ status: { conditions?: object[] } }>(POD);
    expect(pod.status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
  }, 20_000);
});
afterEach(async () => {
  expect(child.exitCode, stderr).toBeNull();
  expect(child.signalCode).toBeNull();
  expect(await client.json(POD)).toMatchObject({ kind: 'Pod' });
  expect(stderr).toBe('');
});
afterAll(async () => {
  child.stdin?.end();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  dir[Symbol.dispose]();
});

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Protocol: v4.channel.k8s.io',
];
const BODY = ['Content-Type: application/json', 'Content-Length: 1000'];
const SECRET = '/SECRET';
const FORWARD = '/api/v1/namespaces/default/pods/shop/portforward?ports=80';
const PROXY = '/api/v1/namespaces/default/services/shop:80/proxy';

/** `SECRET` stands for the right one. */
const requests: { what: string; line: string; headers?: string[]; rest?: string }[] = [
  { what: 'nothing at all', line: '' },
  { what: 'half a line', line: 'GET /SEC' },
  { what: 'text that is not HTTP', line: '\u0016\u0003\u0001 not http' },
  { what: 'a list', line: `GET ${SECRET}/api/v1/secrets HTTP/1.1` },
  { what: 'a watch', line: `GET ${SECRET}/api/v1/pods?watch=true HTTP/1.1` },
  { what: 'a followed log', line: `GET ${SECRET}${POD}/log?follow=true HTTP/1.1` },
  { what: 'a proxied page', line: `GET ${SECRET}${PROXY}/shop/ HTTP/1.1` },
  { what: 'a proxied body', line: `POST ${SECRET}${PROXY}/wp-json/wc/store/v1/batch HTTP/1.1`, headers: BODY },
  { what: 'half a body', line: `POST ${SECRET}/api/v1/namespaces HTTP/1.1`, headers: BODY, rest: '{"metadata"' },
  { what: 'half a patch', line: `PATCH ${SECRET}${POD} HTTP/1.1`, headers: BODY, rest: '{' },
  { what: 'an expectation', line: `POST ${SECRET}/api/v1/namespaces HTTP/1.1`, headers: [...BODY, 'Expect: 100-continue'] },
  { what: 'a tunnel', line: 'CONNECT 127.0.0.1:80 HTTP/1.1' },
  { what: 'without the secret', line: 'GET /api/v1/secrets HTTP/1.1' },
  { what: 'a port-forward', line: `GET ${SECRET}${FORWARD} HTTP/1.1`, headers: UPGRADE },
  { what: 'a port-forward with data', line: `GET ${SECRET}${FORWARD} HTTP/1.1`, headers: UPGRADE, rest: '\u0082\u0005\u0000GET ' },
  { what: 'a port-forward of no pod', line: `GET ${SECRET}${FORWARD.replace('shop', 'none')} HTTP/1.1`, headers: UPGRADE },
  { what: 'an upgrade without the secret', line: `GET ${FORWARD} HTTP/1.1`, headers: UPGRADE },
  { what: 'an upgrade of another path', line: `GET ${SECRET}/nope HTTP/1.1`, headers: UPGRADE },
  { what: 'an upgrade of an invalid path', line: `GET ${SECRET}//%zz HTTP/1.1`, headers: UPGRADE },
  { what: 'an upgrade to no WebSocket', line: `GET ${SECRET}${FORWARD} HTTP/1.1`, headers: ['Connection: Upgrade', 'Upgrade: h2c'] },
]; // prettier-ignore

async function open(): Promise<Socket> {
  const socket = connect(Number(url.port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

function textOf({ line, headers = [], rest = '' }: (typeof requests)[number]): string {
  const head = [line.replaceAll(SECRET, url.pathname), `Host: ${url.host}`, ...headers].join('\r\n');
  return line.includes('HTTP') ? `${head}\r\n\r\n${rest}` : line;
}

test(`survives ${RESETS} connection resets at any moment, on every path`, { timeout: 120_000 }, async () => {
  const each = RESETS / requests.length / DELAYS_MS.length;
  const health = await healthDuring(url.origin, async () => {
    for (const request of requests) {
      await Promise.all(
        DELAYS_MS.flatMap((ms) => Array.from({ length: each }, () => ms)).map(async (ms) => {
          const socket = await open();
          socket.write(textOf(request), 'latin1');
          // In the same tick, or after the delay.
          if (ms > 0) await sleep(ms);
          socket.resetAndDestroy();
        }),
      );
      expect(child.exitCode, `${request.what}: ${stderr}`).toBeNull();
    }
  });
  expect(health).toEqual([]);
});

test('survives resets while it writes a watch, a log and a page', { timeout: 60_000 }, async () => {
  const streams = requests.filter(({ what }) => /^a (watch|followed log|proxied page|port-forward)$/.test(what));
  for (const request of streams) {
    const sockets = await Promise.all(Array.from({ length: 20 }, open));
    for (const socket of sockets) socket.write(textOf(request), 'latin1');
    await Promise.all(sockets.map((socket) => once(socket, 'data')));
    const body = { metadata: { annotations: { at: request.what } } };
    const changed = client.json(POD, { method: 'PATCH', body });
    for (const socket of sockets) socket.resetAndDestroy();
    await changed;
  }
  expect(child.exitCode, stderr).toBeNull();
});

test.each([
  { what: 'an invalid URL path', text: 'GET // HTTP/1.1\r\nHost: x\r\n\r\n' },
  { what: 'a broken escape', text: 'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n' },
  { what: 'an invalid absolute URL', text: 'GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n' },
  { what: 'text that is not HTTP', text: 'nothing\r\n\r\n' },
  { what: 'an upgrade', text: 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n' },
  {
    what: 'a batch with a null request',
    text: 'POST /wp-json/wc/store/v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 19\r\n\r\n{"requests":[null]}',
  },
  { what: 'half a batch', text: 'POST /wp-json/wc/store/v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{' },
])('survives a port-forward that sends a store $what and then breaks off', async ({ text }) => {
  const dial = createPodDialer(credentials);
  for (const ms of DELAYS_MS) {
    const forward = await dial({ namespace: 'default', pod: 'shop', port: 80 });
    forward.on('error', () => undefined).resume();
    forward.write(text);
    await sleep(ms);
    forward.destroy();
  }
  expect(child.exitCode, stderr).toBeNull();
});

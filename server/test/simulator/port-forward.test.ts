/** kubectl port-forward to the embedded cluster: SPDY over a WebSocket, or by an HTTP upgrade as older versions do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KubectlCluster, startKubectlCluster } from '../support/kubectl-cluster.ts';
import { exchange } from '../support/raw-connection.ts';
import { kubectlPath } from '../support/tools.ts';

const errors: unknown[] = [];
let cluster: KubectlCluster;

const pod = (name: string, image: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'main', image, ports: [{ containerPort: 80 }] }] },
});
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop' },
  spec: { selector: { app: 'shop' }, ports: [{ port: 8080, targetPort: 80 }] },
};

beforeAll(async () => {
  cluster = await startKubectlCluster((error) => errors.push(error));
  const objects = { shop: pod('shop', 'wordpress:6'), mute: pod('mute', 'app:1'), service };
  for (const [name, object] of Object.entries(objects))
    await cluster.kubectl('apply', '-f', cluster.file(name, object));
  await cluster.kubectl('wait', 'pod/shop', 'pod/mute', '--for=condition=Ready');
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  expect(errors).toEqual([]);
});

interface Forward extends AsyncDisposable {
  port: number;
}

async function forward(target: string, env: Record<string, string> = {}): Promise<Forward> {
  const args = ['-n', 'default', 'port-forward', target, target.startsWith('svc/') ? ':8080' : ':80'];
  const child = spawn(kubectlPath, args, {
    env: { PATH: process.env['PATH'] ?? '', KUBECONFIG: cluster.kubeconfig, HOME: cluster.home, ...env },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close');
  await expect.poll(() => child.exitCode ?? /127\.0\.0\.1:(\d+) ->/.exec(said)?.[1], { timeout: 20_000 }).toBeDefined();
  const port = /127\.0\.0\.1:(\d+) ->/.exec(said)?.[1];
  if (port === undefined) throw new Error(said);
  return {
    port: Number(port),
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

async function ask(options: { port: number; path: string; agent?: Agent; body?: string }): Promise<string> {
  const { body, ...rest } = options;
  const outgoing = request({
    host: '127.0.0.1',
    timeout: 10_000,
    method: body === undefined ? 'GET' : 'POST',
    ...rest,
  });
  // A forwarded connection may be cut after its answer arrived.
  outgoing.on('error', () => undefined).end(body);
  const [response] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream];
  return text(response);
}

describe.each([
  { name: 'over a WebSocket', env: {} },
  { name: 'by an HTTP upgrade', env: { KUBECTL_PORT_FORWARD_WEBSOCKETS: 'false' } },
])('$name', ({ env }) => {
  test('serves pages one after another on a connection and many at once', async () => {
    await using forwarded = await forward('pod/shop', env);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let i = 0; i < 3; i += 1) expect(await ask({ ...forwarded, path: '/shop/', agent })).toContain('Sample Mug');
    agent.destroy();
    const many = await Promise.all(Array.from({ length: 20 }, () => ask({ ...forwarded, path: '/cart/' })));
    for (const page of many) expect(page).toContain('Your cart is empty.');
  });

  test('accepts a body of megabytes', async () => {
    await using forwarded = await forward('pod/shop', env);
    const body = JSON.stringify({ id: 1, quantity: 2, note: 'é'.repeat(2_000_000) });
    expect(await ask({ ...forwarded, path: '/wp-json/wc/store/v1/cart/add-item', body })).toContain('sample-mug');
  });
});

test('a client that disconnects midway affects no other', async () => {
  await using forwarded = await forward('pod/shop');
  const head = 'POST /wp-json/wc/store/v1/cart/add-item HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"half":';
  await exchange(forwarded, head, 100);
  expect(await ask({ ...forwarded, path: '/' })).toContain('Shop');
});

test('forwards a service to its pod', async () => {
  await using forwarded = await forward('svc/shop');
  expect(await ask({ ...forwarded, path: '/' })).toContain('Shop');
});

test('reports a pod without a listening container', async () => {
  await expect(forward('pod/mute')).rejects.toThrow(/no container of pod mute listens/);
});

test.each([
  { name: 'no frames', bytes: 'GET / HTTP/1.1\r\n\r\n'.repeat(10) },
  {
    name: 'headers that are not zlib',
    bytes: Buffer.from('8003000100000014000000010000000000000000deadbeefdeadbeef', 'hex'),
  },
  { name: 'a frame that is too short', bytes: Buffer.from('8003000100000002ffff', 'hex') },
])('a connection that sends $name affects nothing else', async ({ bytes }) => {
  const { port, pathname } = new URL(cluster.simulator.url);
  const path = `${pathname}/api/v1/namespaces/default/pods/shop/portforward`;
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n`;
  const answer = await exchange({ port: Number(port) }, Buffer.concat([Buffer.from(head), Buffer.from(bytes)]), 500);
  expect(answer).toContain('101 Switching Protocols');
  expect(await cluster.kubectl('get', 'pods', '-o', 'name')).toContain('pod/shop');
});

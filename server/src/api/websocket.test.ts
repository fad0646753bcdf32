/** A client that does not read, over a real socket: it waits at its own cost and continues once it reads again. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '@shopyard/contracts';
import type { Services, StoreService } from '@shopyard/contracts/services';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openToAll } from './testing.ts';
import { listenForWebSockets } from './websocket.ts';

/** Deflates by a quarter only. */
const PIECE = randomBytes(48 * 1024).toString('base64');
/** Makes a call longer than one chunk from the socket. */
const PAD = 'x'.repeat(32 * 1024);
const MB = 1024 * 1024;

/** Connects a client to a server with these services. */
async function connect(services: Services, { deflates = true } = {}): Promise<WebSocket> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const access = { find: () => undefined, agentFor: () => undefined };
  const { callers } = await openToAll();
  const sockets = listenForWebSockets({ server, services, callers, refusalOf: () => undefined, access });
  const client = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { perMessageDeflate: deflates });
  onTestFinished(async () => {
    client.terminate();
    await sockets.close();
    server.close();
  });
  await once(client, 'open');
  return client;
}

test.each([
  { deflates: true, reader: 'reader of deflated updates' },
  { deflates: false, reader: 'reader of updates as they are' },
])('sends an idle $reader no more than its connection holds, and the rest once it reads', async ({ deflates }) => {
  let given = 0;
  const watch: StoreService['watch'] = async function* ({ writable }) {
    for (;;) {
      await writable();
      // As every real source does: without a turn of the event loop, nobody sees that the connection has closed.
      await turn();
      given += PIECE.length;
      yield { id: String(given), data: { type: 'snapshot', stores: [], platform: { version: PIECE } as never } };
    }
  };
  const client = await connect({ stores: { watch } } as unknown as Services, { deflates });
  client.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'stores.watch', input: {} } }));
  client.pause();

  // Wait until the kernel's buffers on both ends are full; they hold a few megabytes.
  const grows = async (): Promise<boolean> => {
    const before = given;
    await sleep(300);
    return given > before && given < 64 * MB;
  };
  while (await grows());
  expect(given).toBeGreaterThan(0);
  expect(given).toBeLessThan(32 * MB);
  const held = given;
  client.resume();
  await expect.poll(() => given, { timeout: 5000 }).toBeGreaterThan(held + MB);
});

test('reads no more calls than the connection can answer, and answers all of them once the client reads', async () => {
  const calls = 1000;
  let answered = 0;
  const platform = {
    version: PIECE,
    storeUrl: '',
    engines: [],
    cluster: { kind: 'embedded', synced: true },
  } as Platform;
  const get = (): Platform => {
    answered += 1;
    return platform;
  };
  const client = await connect({ stores: {}, platform: { get } } as unknown as Services);
  let received = 0;
  client.on('message', () => (received += 1));
  client.pause();
  const ask = (id: number): void =>
    client.send(JSON.stringify({ id, method: 'query', params: { path: 'platform.get', input: {}, pad: PAD } }));
  for (let id = 1; id <= calls; id++) ask(id);

  const grows = async (): Promise<boolean> => {
    const before = answered;
    await sleep(300);
    return answered > before && answered < calls;
  };
  while (await grows());
  expect(answered).toBeGreaterThan(0);
  expect(answered * PIECE.length).toBeLessThan(32 * MB);
  client.resume();
  await expect.poll(() => received, { timeout: 20_000 }).toBe(calls);
});

test('cuts off a client that keeps calling with far too much unread', async () => {
  const platform = {
    version: PIECE,
    storeUrl: '',
    engines: [],
    cluster: { kind: 'embedded', synced: true },
  } as Platform;
  const client = await connect({ stores: {}, platform: { get: () => platform } } as unknown as Services);
  const closed = once(client, 'close');
  client.on('error', () => undefined);
  client.pause();
  // Short enough that hundreds arrive together.
  for (let id = 1; id <= 5000; id++)
    client.send(JSON.stringify({ id, method: 'query', params: { path: 'platform.get', input: {} } }));
  await sleep(1000);
  client.resume();
  // The keep-alive would end it too, but only after 40 s of growth.
  await Promise.race([closed, sleep(25_000).then(() => Promise.reject(new Error('still open')))]);
  expect(client.readyState).toBe(WebSocket.CLOSED);
});

/** A subscriber that does not read, over a real socket: it waits at its own cost, and goes on when it reads again. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Services, StoreService } from '@shopyard/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { createIdentify } from './caller.ts';
import { listenForWebSockets } from './websocket.ts';

const PIECE = 'x'.repeat(64 * 1024);
const MB = 1024 * 1024;

test('is given no more than its connection holds, and all of it once it reads', async () => {
  let given = 0;
  const watch: StoreService['watch'] = async function* ({ writable }) {
    for (;;) {
      await writable();
      given += PIECE.length;
      yield { id: String(given), data: { type: 'snapshot', stores: [], platform: { version: PIECE } as never } };
    }
  };
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const services = { stores: { watch } } as unknown as Services;
  const door = { find: () => undefined, agentFor: () => undefined };
  const identify = createIdentify({ kind: 'none' });
  const sockets = listenForWebSockets({ server, services, identify, refusalOf: () => undefined, door });
  const client = new WebSocket(`ws://127.0.0.1:${port}/trpc`);
  onTestFinished(async () => {
    client.terminate();
    await sockets.close();
    server.close();
  });
  await once(client, 'open');
  client.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'stores.watch', input: {} } }));
  client.pause();

  // Until what the kernel holds on both ends is full; that is a few megabytes.
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

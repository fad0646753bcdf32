/** Over real sockets, with the listener as it runs: what arrives, and how many bytes that takes. */
import { randomBytes } from 'node:crypto';
import { on, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { StoresUpdate } from '@shopyard/contracts';
import type { Services, StoreService } from '@shopyard/contracts/services';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openToAll } from './testing.ts';
import { listenForWebSockets } from './websocket.ts';

const snapshot = (version: string): StoresUpdate =>
  ({ type: 'snapshot', stores: [], platform: { version } }) as unknown as StoresUpdate;
const change = (name: string): StoresUpdate => ({
  type: 'changes',
  changes: [{ seq: 1, type: 'removed', id: 'st_1', name }],
});
/** Twice as long as what it deflates to. */
const noise = (bytes: number): string => randomBytes(bytes / 2).toString('hex');

interface Received {
  updates: StoresUpdate[];
  /** Sent to the client, its handshake included. */
  bytes: number;
  /** Whether the client may send deflated messages, and gets them. */
  extension: string;
}

/** What a client receives that subscribes to these updates. */
async function receive(
  updates: readonly StoresUpdate[],
  { deflates = true, id = 1 }: { deflates?: boolean; id?: number | string } = {},
): Promise<Received> {
  const watch: StoreService['watch'] = async function* () {
    for (const [index, data] of updates.entries()) yield await Promise.resolve({ id: `run:${index}`, data });
  };
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  const listener = listenForWebSockets({
    server,
    services: { stores: { watch }, platform: {} } as unknown as Services,
    callers: (await openToAll()).callers,
    refusalOf: () => undefined,
    access: { find: () => undefined, agentFor: () => undefined },
  });
  // `address` of a server that listens on a port.
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}/trpc`, {
    perMessageDeflate: deflates && { threshold: 0, clientNoContextTakeover: true },
  });
  onTestFinished(async () => {
    client.terminate();
    await listener.close();
    server.close();
  });
  await once(client, 'open');
  const received = on(client, 'message');
  const call = { id, method: 'subscription', params: { path: 'stores.watch', input: {} } };
  client.send(JSON.stringify(call), { compress: true });
  const got: StoresUpdate[] = [];
  for await (const [data, isBinary] of received) {
    expect(isBinary).toBe(false);
    // tRPC's envelope.
    const { result } = JSON.parse(String(data)) as { result: { type: string; data: { data: StoresUpdate } } };
    if (result.type === 'data') got.push(result.data.data);
    if (got.length === updates.length) break;
  }
  return { updates: got, bytes: sockets[0]?.bytesWritten ?? 0, extension: client.extensions };
}

test.each([
  { what: 'of which hardly a byte is left', updates: [snapshot('x'.repeat(20_000))], most: 1000 },
  { what: 'of some kilobytes', updates: [snapshot(noise(40_000))], most: 30_000 },
  { what: 'of more than 64 KiB deflated', updates: [snapshot(noise(400_000))], most: 300_000 },
])('deflates an update $what', async ({ updates, most }) => {
  const received = await receive(updates);
  expect(received.updates).toEqual(updates);
  expect(received.bytes).toBeLessThan(most);
});

test('sends long and short updates in order, the short ones as they are', async () => {
  const updates = [
    change('first'),
    snapshot('y'.repeat(100_000)),
    change('x'.repeat(10_000)),
    snapshot('é'.repeat(50_000)),
  ];
  const received = await receive(updates);
  expect(received.updates).toEqual(updates);
  expect(received.bytes).toBeGreaterThan(10_000);
  expect(received.bytes).toBeLessThan(15_000);
});

test('sends everything as it is to a client that accepts nothing else', async () => {
  const updates = [snapshot('x'.repeat(20_000))];
  const received = await receive(updates, { deflates: false });
  expect(received).toMatchObject({ updates, extension: '' });
  expect(received.bytes).toBeGreaterThan(20_000);
});

test('answers a call whose id is so long that no stored block holds the answer before the update', async () => {
  const updates = [snapshot('x'.repeat(20_000))];
  // The longest messages that are accepted have 65,536 bytes, and a stored block 65,535.
  expect((await receive(updates, { id: 'x'.repeat(65_455) })).updates).toEqual(updates);
});

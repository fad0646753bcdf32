/** The proxy over real sockets: a store that hangs up on connections that were kept. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Store } from '@shopyard/contracts';
import { afterEach, expect, test } from 'vitest';
import { createStoreGate } from '../store-gate/store-gate.ts';
import { proxyRequest } from './store-proxy.ts';

const POD = { name: 'wordpress-1', component: 'wordpress', ready: true, terminating: false } as never;
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.closeAllConnections();
});

async function listening(server: Server): Promise<number> {
  open.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Serves one request a connection, and hangs up on the second without a word, as a keep-alive timeout does. */
async function shop(): Promise<{ port: number; served: string[] }> {
  const served: string[] = [];
  const used = new Set<Socket>();
  const server = createServer((req: IncomingMessage, res) => {
    if (used.has(req.socket)) return void req.socket.destroy();
    used.add(req.socket);
    served.push(req.method ?? '');
    req.resume();
    req.once('end', () => res.end('a page'));
  });
  return { port: await listening(server), served };
}

test('a kept connection that the store has closed is no failure, and no order is sent twice', async () => {
  const { port, served } = await shop();
  const gate = createStoreGate(
    () => Promise.resolve(connect(port, '127.0.0.1')),
    () => [POD],
  );
  const store = { id: 'st_1', name: 'alpha', namespace: 'store-alpha' } as Store;
  const door = { find: () => store, agentFor: gate.agentFor };
  const proxy = await listening(createServer((req, res) => proxyRequest(door, req, res)));
  const ask = async (method: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${proxy}/`, { method, ...(method === 'POST' ? { body: 'x' } : {}) })).status;

  for (const method of ['GET', 'GET', 'POST', 'HEAD', 'POST', 'GET']) expect(await ask(method), method).toBe(200);
  expect(served).toEqual(['GET', 'GET', 'POST', 'HEAD', 'POST', 'GET']);
  gate.close();
});

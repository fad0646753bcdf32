/** The proxy over real sockets: a store that hangs up on connections that were kept. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Store } from '@shopyard/contracts';
import { afterEach, expect, test } from 'vitest';
import { createStoreGate } from '../store-gate/store-gate.ts';
import { WebSocket, WebSocketServer } from 'ws';
import { proxyRequest, proxyUpgrade } from './store-proxy.ts';

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

test('a WebSocket of the store is passed through, both ways', async () => {
  const backend = createServer();
  const echo = new WebSocketServer({ server: backend });
  echo.on('connection', (socket, req) => {
    socket.send(`hello ${req.headers.host}`);
    socket.on('message', (data: Buffer) => socket.send(data.toString().toUpperCase()));
  });
  const port = await listening(backend);
  const gate = createStoreGate(
    () => Promise.resolve(connect(port, '127.0.0.1')),
    () => [POD],
  );
  const door = { find: () => ({ id: 'st_1', namespace: 'store-alpha' }) as Store, agentFor: gate.agentFor };
  const proxy = createServer();
  proxy.on('upgrade', (req, socket, head) => proxyUpgrade(door, req, { socket, head }));
  const client = new WebSocket(`ws://127.0.0.1:${await listening(proxy)}/`, { headers: { Host: 'alpha.localhost' } });
  const said: string[] = [];
  client.on('message', (data: Buffer) => said.push(data.toString()));
  await once(client, 'open');
  client.send('a mug');
  await expect.poll(() => said).toEqual(['hello alpha.localhost', 'A MUG']);
  client.terminate();
  echo.close();
  gate.close();
});

/** Through tRPC's own handler and a real socket: the envelope is whatever that version of tRPC sends. */
import { on, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Caller, StoreChange, StoresUpdate } from '@shopyard/contracts';
import { appRouter, type Context } from '@shopyard/contracts/router';
import type { StoreService } from '@shopyard/contracts/services';
import { applyWSSHandler, type Encoder, jsonEncoder } from '@trpc/server/adapters/ws';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createUpdateEncoder } from './encode-updates.ts';

const removed = (seq: number): StoreChange => ({ seq, type: 'removed', id: `st_${seq}`, name: 'a "quoted" näme' });
const changes = (...seqs: number[]): StoresUpdate => ({ type: 'changes', changes: seqs.map(removed) });
const snapshot = { type: 'snapshot', stores: [], platform: { version: '1' } } as unknown as StoresUpdate;

/** Serves `stores.watch` with these updates, and returns the address. */
async function serve(encoder: Encoder, updates: readonly StoresUpdate[]): Promise<string> {
  const watch: StoreService['watch'] = async function* () {
    for (const [index, data] of updates.entries()) yield await Promise.resolve({ id: `run:${index}`, data });
  };
  const watchMails: StoreService['watchMails'] = async function* () {
    yield await Promise.resolve({ id: 'run:1', data: { type: 'mails', mails: [] } as never });
  };
  const caller: Caller = { user: { name: 'local' }, roles: ['admin'], via: 'dashboard' };
  const admit = (): undefined => undefined;
  const context = { services: { stores: { watch, watchMails } }, caller, admit } as unknown as Context;
  const wss = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => wss.close());
  await once(wss, 'listening');
  applyWSSHandler({ wss, router: appRouter, experimental_encoder: encoder, createContext: () => context });
  return `ws://127.0.0.1:${(wss.address() as AddressInfo).port}`;
}

/** The messages that one client receives for its subscription, to the end of that. */
async function messagesFor(
  url: string,
  call: { id: number | string; path: string; input?: object },
): Promise<unknown[]> {
  const client = new WebSocket(url);
  onTestFinished(() => client.terminate());
  await once(client, 'open');
  const messages: unknown[] = [];
  const received = on(client, 'message');
  const { id, ...params } = call;
  client.send(JSON.stringify({ id, jsonrpc: '2.0', method: 'subscription', params: { input: {}, ...params } }));
  for await (const [data] of received) {
    const message = JSON.parse(String(data)) as { result?: { type: string } };
    messages.push(message);
    if (message.result?.type !== 'started' && message.result?.type !== 'data') break;
  }
  return messages;
}

test.each([
  { what: 'changes', count: 5, call: { id: 1, path: 'stores.watch' } },
  { what: 'updates under an id that is a text', count: 5, call: { id: 'a "two"', path: 'stores.watch' } },
  {
    what: 'events of another subscription',
    count: 3,
    call: { id: 1, path: 'stores.watchMails', input: { id: 'st_1' } },
  },
  { what: 'errors', count: 1, call: { id: 1, path: 'stores.unknown' } },
])('sends $what as the plain encoder does', async ({ count, call }) => {
  const updates = [snapshot, changes(1, 2), changes(3)];
  const plain = await messagesFor(await serve(jsonEncoder, updates), call);
  expect(plain).toHaveLength(count);
  expect(await messagesFor(await serve(createUpdateEncoder(), updates), call)).toEqual(plain);
});

test('serializes an update once for many subscribers', async () => {
  let serialized = 0;
  const counted = Object.assign(changes(1), {
    toJSON() {
      serialized += 1;
      return changes(1);
    },
  });
  const url = await serve(createUpdateEncoder(), [counted]);
  const received = await Promise.all([1, 1, 2].map((id) => messagesFor(url, { id, path: 'stores.watch' })));
  expect(received.map((messages) => messages.length)).toEqual([3, 3, 3]);
  expect(serialized).toBe(1);
});

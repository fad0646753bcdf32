/**
 * `@trpc/react-query` declares a different tRPC version as its peer. This test proves that it works with ours: a query,
 * a mutation and a subscription over a real WebSocket, against our own router.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Platform, Store } from '@shopyard/contracts';
import type { Services, StoreService } from '@shopyard/contracts/services';
import { appRouter, type Context } from '@shopyard/contracts/router';
import { createWSClient, type HTTPLinkOptions, httpLink, splitLink, wsLink } from '@trpc/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { Window } from 'happy-dom';
import { type ReactNode, useState } from 'react';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { trpc } from './trpc.ts';

const platform: Platform = {
  version: '7',
  storeUrl: 'http://{name}.localhost',
  engines: [],
  cluster: { kind: 'embedded', synced: true },
};
const store: Store = {
  id: 'st_1',
  name: 'alpha',
  namespace: 'store-alpha',
  engine: 'woocommerce',
  phase: 'Queued',
  attention: { level: 'ok', since: '2026-01-01T00:00:00.000Z' },
  attempt: { kind: 'create', startedAt: '2026-01-01T00:00:00.000Z', steps: [] },
  conditions: [],
  url: 'http://alpha.localhost',
  pods: { ready: 0, total: 0 },
  generation: 1,
  observedGeneration: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'local',
};

const stores: Pick<StoreService, 'create' | 'watch'> = {
  create: ({ name }) => Promise.resolve({ ...store, name }),
  async *watch() {
    yield { id: 'e:1', data: { type: 'snapshot', stores: [store], platform } };
    yield {
      id: 'e:2',
      data: { type: 'changes', changes: [{ type: 'store', seq: 2, store: { ...store, phase: 'Ready' } }] },
    };
  },
};
const services = { stores, platform: { get: () => platform, assertChangeable: () => Promise.resolve() } } as Services;
const createContext = (): Context => ({
  services,
  caller: { user: { name: 'test' }, roles: ['admin'], via: 'dashboard' },
  writable: () => Promise.resolve(),
  admit: () => undefined,
});

function Probe(): ReactNode {
  const [phases, setPhases] = useState<string[]>([]);
  const { data } = trpc.platform.get.useQuery();
  const create = trpc.stores.create.useMutation();
  trpc.stores.watch.useSubscription(undefined, {
    onData: ({ data: event }) =>
      setPhases((before) => [
        ...before,
        event.type === 'snapshot'
          ? 'snapshot'
          : event.changes.map((change) => (change.type === 'store' ? change.store.phase : '')).join(),
      ]),
  });
  return (
    <p>
      query {data?.version}, mutation {create.data?.name}, subscription {phases.join(' ')}
      <button type="button" onClick={() => create.mutate({ name: 'beta' })}>
        Create
      </button>
    </p>
  );
}

test('runs a query, a mutation and a subscription through React', async () => {
  const server = createServer(createHTTPHandler({ router: appRouter, createContext }));
  const sockets = new WebSocketServer({ server });
  applyWSSHandler({ wss: sockets, router: appRouter, createContext });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const socket = createWSClient({
    url: `ws://127.0.0.1:${port}`,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  const client = trpc.createClient({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: wsLink({ client: socket }),
        false: httpLink({
          url: `http://127.0.0.1:${port}`,
          fetch: globalThis.fetch as NonNullable<HTTPLinkOptions<never>['fetch']>,
        }),
      }),
    ],
  });
  const queries = new QueryClient();
  // React gets a DOM; fetch and WebSocket stay Node's.
  const window = new Window();
  Object.assign(globalThis, { window, document: window.document });
  const { createRoot } = await import('react-dom/client');
  const element = document.createElement('div');
  const root = createRoot(element);
  try {
    root.render(
      <trpc.Provider client={client} queryClient={queries}>
        <QueryClientProvider client={queries}>
          <Probe />
        </QueryClientProvider>
      </trpc.Provider>,
    );
    const shows = (text: string): Promise<void> =>
      expect.poll(() => element.textContent, { timeout: 10_000 }).toContain(text);
    await shows('query 7');
    element.querySelector('button')?.click();
    await shows('query 7, mutation beta, subscription snapshot Ready');
  } finally {
    root.unmount();
    await socket.close();
    sockets.close();
    server.closeAllConnections();
    server.close();
  }
});

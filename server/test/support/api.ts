/** The typed client of the tests. */
import type { AppRouter } from '@shopyard/contracts';
import { createTRPCClient, createWSClient, httpLink, splitLink, type TRPCClient, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';

export interface Api extends AsyncDisposable {
  trpc: TRPCClient<AppRouter>;
  /** Cuts every WebSocket connection, as a bad network would; the client reconnects by itself. */
  dropConnections(): void;
}

export function connect(url: string): Api {
  const open = new Set<WebSocket>();
  class TrackedWebSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address);
      open.add(this);
      this.once('close', () => open.delete(this));
    }
  }
  const client = createWSClient({
    url: `${url.replace(/^http/, 'ws')}/trpc`,
    WebSocket: TrackedWebSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 50,
  });
  const trpc = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: wsLink({ client }),
        false: httpLink({
          url: `${url}/trpc`,
          headers: ({ op }) => {
            const key = op.context['idempotencyKey'];
            return typeof key === 'string' ? { 'Idempotency-Key': key } : {};
          },
        }),
      }),
    ],
  });
  return {
    trpc,
    dropConnections: () => open.forEach((socket) => socket.terminate()),
    [Symbol.asyncDispose]: async () => await client.close(),
  };
}

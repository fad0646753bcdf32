/** The typed client, as any Node program would use it: calls over HTTP, subscriptions over WebSocket. */
import type { AppRouter } from '@shopyard/contracts';
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  retryLink,
  splitLink,
  type TRPCClient,
  wsLink,
} from '@trpc/client';
import { WebSocket } from 'ws';

/** Asking again does not help: unauthorized, not found. */
const FINAL: ReadonlySet<number> = new Set([401, 404]);

export interface Api extends AsyncDisposable {
  trpc: TRPCClient<AppRouter>;
}

/** `url`: of the server, such as `http://localhost:3000`. Reconnects by itself until it is disposed. */
export function connect(url: string): Api {
  const delay = (attempt: number): number => Math.min(5000, 200 * 2 ** attempt) * (0.5 + Math.random() / 2);
  const socket = createWSClient({
    url: `${url.replace(/^http/, 'ws')}/trpc`,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    lazy: { enabled: true, closeMs: 1000 },
    retryDelayMs: delay,
    keepAlive: { enabled: true, intervalMs: 15_000, pongTimeoutMs: 8000 },
  });
  const trpc = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: [
          retryLink({ retry: ({ error }) => !FINAL.has(error.data?.httpStatus ?? 0), retryDelayMs: delay }),
          wsLink({ client: socket }),
        ],
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
  return { trpc, [Symbol.asyncDispose]: async () => await socket.close() };
}

/** The typed API: calls over HTTP, subscriptions over one WebSocket that reconnects by itself. */
import type { AppRouter } from '@shopyard/contracts';
import { createWSClient, httpLink, retryLink, splitLink, type TRPCLink, wsLink } from '@trpc/client';
import { createTRPCReact } from '@trpc/react-query';

export const trpc = createTRPCReact<AppRouter>();

export type ConnectionState = 'connecting' | 'open' | 'closed';

/** Exponential backoff up to 30 s, with jitter over its upper half so that clients don't reconnect all at once. */
function retryDelay(attempt: number, random: () => number = Math.random): number {
  return Math.min(30_000, 500 * 2 ** attempt) * (0.5 + random() / 2);
}

export interface Api {
  links: TRPCLink<AppRouter>[];
  close(): void;
}

export interface ApiListener {
  /** The server rejected the connection as unauthenticated; it is not retried. `hint`: where to sign in. */
  onUnauthorized: (hint: string) => void;
  onState: (state: ConnectionState) => void;
  /** Called with the milliseconds until the next try. */
  onWait: (ms: number) => void;
}

/** Close code for an unauthenticated connection: a browser can't see the HTTP status of a failed upgrade. */
const UNAUTHORIZED_CLOSE = 4401;
const FINAL: ReadonlySet<number> = new Set([401, 404]);

export function createApi({ onState, onWait, onUnauthorized }: ApiListener): Api {
  const socket = createWSClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc`,
    retryDelayMs(attempt) {
      const ms = retryDelay(attempt);
      onWait(ms);
      return ms;
    },
    // The default pong timeout of 1 s closes connections that are merely busy.
    keepAlive: { enabled: true, intervalMs: 15_000, pongTimeoutMs: 8_000 },
    onOpen: () => onState('open'),
    onClose(cause) {
      onState('closed');
      if (cause?.code !== UNAUTHORIZED_CLOSE) return;
      void socket.close();
      void readSignInHint().then(onUnauthorized);
    },
  });
  const calls = httpLink<AppRouter>({
    url: '/trpc',
    headers: ({ op }) => {
      const key = op.context['idempotencyKey'];
      return typeof key === 'string' ? { 'Idempotency-Key': key } : {};
    },
  });
  return {
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        // Any error ends a subscription, so restart it unless the error is final.
        true: [
          retryLink({
            retry: ({ op, error }) => op.type === 'subscription' && !FINAL.has(error.data?.httpStatus ?? 0),
            retryDelayMs: retryDelay,
          }),
          wsLink({ client: socket }),
        ],
        false: calls,
      }),
    ],
    close: () => void socket.close(),
  };
}

/** The server's sentence about where to sign in; empty if it can't be fetched. */
async function readSignInHint(): Promise<string> {
  try {
    const { error } = (await (await fetch('/platform')).json()) as { error?: { message?: string } };
    return error?.message ?? '';
  } catch {
    return '';
  }
}

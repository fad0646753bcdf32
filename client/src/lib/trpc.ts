/** The typed API: calls over HTTP, subscriptions over one WebSocket that reconnects by itself. */
import type { AppRouter } from '@shopyard/contracts';
import { createWSClient, httpLink, retryLink, splitLink, type TRPCLink, wsLink } from '@trpc/client';
import { createTRPCReact } from '@trpc/react-query';

export const trpc = createTRPCReact<AppRouter>();

export type ConnectionState = 'connecting' | 'open' | 'closed';

/** Doubles up to half a minute; drawn from the upper half of that, so that many clients don't come at once. */
function retryDelay(attempt: number, random: () => number = Math.random): number {
  return Math.min(30_000, 500 * 2 ** attempt) * (0.5 + random() / 2);
}

export interface Api {
  links: TRPCLink<AppRouter>[];
  close(): void;
}

export interface ApiListener {
  onState: (state: ConnectionState) => void;
  /** The next try is in so many milliseconds. */
  onWait: (ms: number) => void;
}

export function createApi({ onState, onWait }: ApiListener): Api {
  const socket = createWSClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc`,
    retryDelayMs(attempt) {
      const ms = retryDelay(attempt);
      onWait(ms);
      return ms;
    },
    // The default of 1 s ends connections that are merely busy.
    keepAlive: { enabled: true, intervalMs: 15_000, pongTimeoutMs: 8_000 },
    onOpen: () => onState('open'),
    onClose: () => onState('closed'),
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
        // An error ends a subscription, whatever its kind; it is asked for again.
        true: [
          retryLink({
            retry: ({ op, error }) => op.type === 'subscription' && error.data?.httpStatus !== 404,
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

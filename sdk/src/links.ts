/** Connects tRPC to the server: calls over HTTP, subscriptions over one WebSocket that reconnects. */
import type { AppRouter } from '@shopyard/contracts';
import { createWSClient, httpLink, retryLink, splitLink, type TRPCLink, wsLink } from '@trpc/client';
import { createPatientFetch } from './patient-fetch.ts';
import { type DelayRange, retryDelay } from './retry-delay.ts';

export interface LinkOptions {
  /** Sent with every call, and when connecting. Programs only: browsers have a cookie. */
  token?: string | undefined;
  /** Implementation of WebSocket; the runtime's own by default. */
  webSocket?: typeof WebSocket;
  /** Waits between reconnects, and between attempts of a subscription. */
  delays?: DelayRange;
  /** Whether to reopen a subscription that failed with this HTTP status. By default, 401 and 404 are final. */
  canRetry?: (httpStatus: number) => boolean;
  /** Connects for the first subscription, and disconnects a second after the last. */
  lazy?: boolean;
  on?: {
    open?: () => void;
    /** The next reconnect happens in `ms` milliseconds. */
    wait?: (ms: number) => void;
    /** `code` is the WebSocket's close code. */
    close?: (code: number | undefined) => void;
  };
}

export interface Links {
  links: TRPCLink<AppRouter>[];
  /** Closes the connection permanently. */
  close: () => Promise<void>;
}

const FINAL: ReadonlySet<number> = new Set([401, 404]);
/** Queries whose input belongs into a body: addresses are short, and proxies log them. */
const IN_BODY: ReadonlySet<string> = new Set(['stores.plan']);
const KEEP_ALIVE = { enabled: true, intervalMs: 15_000, pongTimeoutMs: 8000 };
const DELAYS: DelayRange = { first: 200, most: 5000 };

/** `url`: the server's address, such as `http://localhost:3000`. */
export function createLinks(url: string, options: LinkOptions = {}): Links {
  const {
    token,
    webSocket = globalThis.WebSocket,
    delays = DELAYS,
    canRetry = (status) => !FINAL.has(status),
    lazy = false,
  } = options;
  const { on = {} } = options;
  const client = createWSClient({
    url: `${url.replace(/^http/, 'ws')}/trpc`,
    retryDelayMs(attempt) {
      const ms = retryDelay(attempt, delays);
      on.wait?.(ms);
      return ms;
    },
    keepAlive: KEEP_ALIVE,
    lazy: { enabled: lazy, closeMs: 1000 },
    WebSocket: token === undefined ? webSocket : withToken(webSocket, token),
    ...(on.open ? { onOpen: on.open } : {}),
    onClose: (cause) => on.close?.(cause?.code),
  });
  const calls = { url: `${url}/trpc`, fetch: createPatientFetch() };
  const link = splitLink<AppRouter>({
    condition: (op) => op.type === 'subscription',
    // A failed subscription ends; the retry resumes it after its last update.
    true: [
      retryLink({
        retry: ({ error }) => canRetry(error.data?.httpStatus ?? 0),
        retryDelayMs: (attempt) => retryDelay(attempt, delays),
      }),
      wsLink({ client }),
    ],
    false: splitLink<AppRouter>({
      condition: (op) => IN_BODY.has(op.path),
      true: httpLink({ ...calls, methodOverride: 'POST', headers: bearer(token) }),
      false: httpLink({ ...calls, headers: ({ op }) => ({ ...headersOf(op.context), ...bearer(token) }) }),
    }),
  });
  return { links: [link], close: async () => await client.close() };
}

function headersOf({ idempotencyKey }: { idempotencyKey?: unknown }): Record<string, string> {
  return typeof idempotencyKey === 'string' ? { 'Idempotency-Key': idempotencyKey } : {};
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

/** In a header, because addresses are logged. Node's WebSocket and `ws` both take headers. */
function withToken(Base: typeof WebSocket, token: string): typeof WebSocket {
  return class extends Base {
    constructor(address: string | URL) {
      // The second argument of a browser's, which never gets here, knows no headers.
      super(address, ...([{ headers: bearer(token) }] as unknown as string[]));
    }
  };
}

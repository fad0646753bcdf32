/** The typed API: calls over HTTP, subscriptions over one WebSocket that reconnects by itself. */
import type { AppRouter } from '@shopyard/contracts';
import { createLinks, type Links } from '@shopyard/sdk';
import { createTRPCReact } from '@trpc/react-query';

export const trpc = createTRPCReact<AppRouter>();

export type ConnectionState = 'connecting' | 'open' | 'closed';

/** The server's sentence about where to sign in: empty if it gives none, undefined for whoever is signed in. */
export type SignInHint = string | undefined;

export interface ApiListener {
  /** The server rejected the connection as unauthenticated; it is not retried. `hint`: where to sign in. */
  onUnauthorized: (hint: string) => void;
  onState: (state: ConnectionState) => void;
  /** Called with the milliseconds until the next try. */
  onWait: (ms: number) => void;
}

/** Close code for an unauthenticated connection: a browser can't see the HTTP status of a failed upgrade. */
const UNAUTHORIZED_CLOSE = 4401;

export function createApi({ onState, onWait, onUnauthorized }: ApiListener): Links {
  const api = createLinks(location.origin, {
    delays: { first: 500, most: 30_000 },
    on: {
      wait: onWait,
      open: () => onState('open'),
      close(code) {
        onState('closed');
        if (code !== UNAUTHORIZED_CLOSE) return;
        void api.close();
        void readSignInHint().then((hint = '') => onUnauthorized(hint));
      },
    },
  });
  return api;
}

/** Asks whether this browser is signed in. Empty if nobody answers. */
export async function readSignInHint(): Promise<SignInHint> {
  try {
    const response = await fetch('/platform');
    if (response.ok) return undefined;
    // Claims nothing: every level may be missing.
    const { error } = (await response.json()) as { error?: { message?: string } };
    return error?.message ?? '';
  } catch {
    return '';
  }
}

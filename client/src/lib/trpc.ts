/** The typed API: calls over HTTP, subscriptions over one WebSocket that reconnects by itself. */
import type { AppRouter } from '@shopyard/contracts';
import { createLinks, type Links } from '@shopyard/sdk';
import { createTRPCReact } from '@trpc/react-query';

export const trpc = createTRPCReact<AppRouter>();

export type ConnectionState = 'connecting' | 'open' | 'closed';

export interface ApiListener {
  /** The server does not know who asks, so nothing is asked again. `hint`: where to sign in. */
  onUnauthorized: (hint: string) => void;
  onState: (state: ConnectionState) => void;
  /** The next try is in so many milliseconds. */
  onWait: (ms: number) => void;
}

/** The server's close code for a connection of somebody it does not know; a browser can't see an upgrade's status. */
const UNAUTHORIZED_CLOSE = 4401;

export function createApi({ onState, onWait, onUnauthorized }: ApiListener): Links {
  const api = createLinks(location.origin, {
    delays: { first: 500, most: 30_000 },
    onWait,
    onOpen: () => onState('open'),
    onClose(code) {
      onState('closed');
      if (code !== UNAUTHORIZED_CLOSE) return;
      void api.close();
      void readSignInHint().then(onUnauthorized);
    },
  });
  return api;
}

/** The server's own sentence about where to sign in; empty if it can't be had. */
async function readSignInHint(): Promise<string> {
  try {
    const { error } = (await (await fetch('/platform')).json()) as { error?: { message?: string } };
    return error?.message ?? '';
  } catch {
    return '';
  }
}

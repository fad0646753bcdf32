/** The typed client of the tests. */
import { type Api as SdkApi, connect as connectSdk } from '@shopyard/sdk';
import { type ClientOptions, WebSocket } from 'ws';

export interface Api extends SdkApi {
  /** Cuts every WebSocket connection, as a bad network would; the client reconnects by itself. */
  dropConnections(): void;
}

/** `token`: for a server where programs say who they are. */
export function connect(url: string, token?: string): Api {
  const open = new Set<WebSocket>();
  class TrackedWebSocket extends WebSocket {
    constructor(address: string | URL, options?: ClientOptions) {
      super(address, options);
      open.add(this);
      this.once('close', () => open.delete(this));
    }
  }
  const api = connectSdk(url, {
    token,
    // The client uses only what `ws` has as well.
    webSocket: TrackedWebSocket as unknown as typeof globalThis.WebSocket,
    delays: { first: 50, most: 50 },
    // A test sees the error itself.
    canRetry: () => false,
  });
  return { ...api, dropConnections: () => open.forEach((socket) => socket.terminate()) };
}

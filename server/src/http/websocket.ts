/** Subscriptions over WebSocket, with back-pressure: a slow reader waits, one that never reads is cut off. */
import type { Server } from 'node:http';
import type { Services } from '@shopyard/contracts';
import { appRouter, type Context } from '@shopyard/contracts/router';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { eventEncoder } from './encode-events.ts';
import { refusalOf } from './request-guard.ts';
import { storeNameOf } from './host.ts';
import { onUpgrade, refuseUpgrade } from './on-upgrade.ts';
import { proxyUpgrade, type StoreDoor } from './store-proxy.ts';
import { contextOf } from './request-context.ts';

const PATH = '/trpc';
const MAX_MESSAGE = 64 * 1024;
/** Unsent bytes above which a connection is given nothing more. */
const HIGH_WATER = 256 * 1024;
const POLL_MS = 25;
/** A reader that takes nothing for this long is cut off; it may come back and resume. */
const STUCK_MS = 30_000;

export interface WebSocketOptions {
  server: Server;
  services: Services;
  host: string;
  door: StoreDoor;
}

export interface WebSocketListener {
  /** Tells clients to come back later, then ends what is left. */
  close(): Promise<void>;
}

export function listenForWebSockets({ server, services, host, door }: WebSocketOptions): WebSocketListener {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, WebSocket: TextSocket });
  const handler = applyWSSHandler({
    wss: sockets,
    router: appRouter,
    experimental_encoder: eventEncoder,
    createContext: ({ req, res }): Context => contextOf(services, req.headers, () => writable(res)),
    keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
  });

  const stop = onUpgrade(server, (upgrade) => {
    const { req, socket, head } = upgrade;
    if (storeNameOf(req.headers.host) !== undefined) return proxyUpgrade(door, upgrade);
    if (req.url?.split('?')[0] !== PATH) return refuseUpgrade(socket, { status: 404, text: 'not found' });
    const refusal = refusalOf(req.headers, host);
    if (refusal) return refuseUpgrade(socket, { status: 403, text: refusal });
    sockets.handleUpgrade(req, socket, head, (client) => sockets.emit('connection', client, req));
  });

  return {
    async close() {
      stop();
      handler.broadcastReconnectNotification();
      for (const client of sockets.clients) client.close(1012, 'the server restarts');
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

/** Its messages are texts, also those that are bytes already. */
class TextSocket extends WebSocket {
  override send(data: string | Buffer): void {
    super.send(data, { binary: false });
  }
}

async function writable(socket: WebSocket): Promise<void> {
  for (let waited = 0; socket.bufferedAmount > HIGH_WATER; waited += POLL_MS) {
    if (waited >= STUCK_MS) return socket.terminate();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

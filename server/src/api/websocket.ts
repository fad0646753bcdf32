/** Serves subscriptions over WebSocket with back-pressure: slow readers wait, and those that never read are cut off. */
import type { IncomingMessage, Server } from 'node:http';
import { ShopyardError } from '@shopyard/contracts';
import type { Services } from '@shopyard/contracts/services';
import { appRouter, type Context } from '@shopyard/contracts/router';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Callers, Identify } from './caller.ts';
import { errorReplyOf } from './error-reply.ts';
import { createUpdateEncoder } from './encode-updates.ts';
import { storeNameOf } from '../store-access/hostnames.ts';
import { onUpgrade, refuseUpgrade, type Upgrade } from '../kit/on-upgrade.ts';
import type { Identity } from './identity.ts';
import { LiveCallers } from './live-callers.ts';
import { Quota } from './quota.ts';
import { contextOf, type Scope } from './request-context.ts';
import type { Refusal } from './request-guard.ts';
import { PER_MESSAGE_DEFLATE, TextSocket } from './text-socket.ts';
import { proxyUpgrade, type StoreAccess } from '../store-access/store-proxy.ts';
import { createClusterQuotas, limitSubscriptions } from './subscription-limits.ts';

const PATH = '/trpc';
const MAX_MESSAGE = 64 * 1024;
/** Unsent bytes above which a connection receives nothing more. */
const HIGH_WATER = 256 * 1024;
/** Unsent bytes above which a connection that still makes calls is terminated. */
const MAX_UNSENT = 16 * 1024 * 1024;
const POLL_MS = 25;
/** Time after which a reader that takes nothing is cut off; it may reconnect and resume. */
const STUCK_MS = 30_000;
export const MAX_BATCH = 20;
const MAX_SOCKETS = { each: 64, total: 2048 };
const RETRY_AFTER_S = '10';
/** Close code. A browser can't see the status of a refused upgrade, so we accept the upgrade and then close it. */
const UNAUTHORIZED = 4401;
/** Close code for a caller who may do something else now; the client connects again. */
const CHANGED = 4403;
const CLOSE_MS = 1000;
/** Close code "policy violation" of RFC 6455. */
const POLICY_VIOLATION = 1008;

export interface WebSocketOptions {
  server: Server;
  services: Services;
  callers: Callers & { scope: Scope };
  refusalOf: Refusal;
  access: StoreAccess;
}

export interface WebSocketListener {
  /** Asks clients to reconnect, then terminates the remaining connections. */
  close(): Promise<void>;
}

export function listenForWebSockets(options: WebSocketOptions): WebSocketListener {
  const { server, services, callers, refusalOf, access } = options;
  const { identify } = callers;
  const live = new LiveCallers(callers);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    WebSocket: TextSocket,
    perMessageDeflate: PER_MESSAGE_DEFLATE,
    // One message per connection and event-loop turn, so that a client that sends thousands at once delays nobody.
    allowSynchronousEvents: false,
  });
  const quota = new Quota(MAX_SOCKETS);
  const quotas = createClusterQuotas();
  const encoder = createUpdateEncoder();
  const handler = applyWSSHandler({
    wss: sockets,
    router: appRouter,
    experimental_encoder: encoder,
    maxBatchSize: MAX_BATCH,
    createContext: async ({ req, res }): Promise<Context> => {
      const { key } = await identify(req);
      const limits = { key, quotas, onInsistent: () => endInsistent(res) };
      return contextOf(req, {
        services: limitSubscriptions(services, limits),
        callers,
        scope: callers.scope,
        transport: 'trpc',
        writable: () => writable(res),
      });
    },
    keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
  });

  const accept = (upgrade: Upgrade, caller: Identity | ShopyardError): void => {
    const { req, socket, head } = upgrade;
    const refused = caller instanceof ShopyardError;
    const release = quota.take(refused ? callers.addressOf(req) : caller.key);
    if (!release) {
      const text = `too_many_requests: at most ${MAX_SOCKETS.each} connections at once: close some and try again`;
      return refuseUpgrade(socket, { status: 429, text, headers: { 'Retry-After': RETRY_AFTER_S } });
    }
    socket.once('close', release);
    sockets.handleUpgrade(req, socket, head, (client) => {
      if (!refused) {
        client.deflateTo(socket, encoder.deflated);
        client.on('message', () => void holdBack(client));
        const endUnless = (why: string | undefined): void =>
          why === undefined ? end(client, CHANGED, 'connect again') : end(client, UNAUTHORIZED, toReason(why));
        client.once('close', live.add({ req, identity: caller, end: endUnless }));
        return void sockets.emit('connection', client, req);
      }
      client.on('error', () => client.terminate());
      end(client, UNAUTHORIZED, toReason(caller.message));
    });
  };
  const stop = onUpgrade(server, async (upgrade) => {
    const { req, socket } = upgrade;
    if (storeNameOf(req.headers.host) !== undefined) return proxyUpgrade(access, upgrade);
    if (req.url?.split('?')[0] !== PATH) return refuseUpgrade(socket, { status: 404, text: 'not found' });
    const refusal = refusalOf(req);
    if (refusal) return refuseUpgrade(socket, { status: 403, text: refusal });
    const caller = await tryIdentify(identify, req);
    if (socket.destroyed) return;
    if (caller instanceof ShopyardError && caller.code !== 'unauthorized')
      return refuseUpgrade(socket, { status: errorReplyOf(caller).status, text: caller.message });
    accept(upgrade, caller);
  });

  return {
    async close() {
      stop();
      live[Symbol.dispose]();
      handler.broadcastReconnectNotification();
      for (const client of sockets.clients) client.close(1012, 'the server is restarting');
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

/** A close frame has room for 123 bytes. */
const toReason = (text: string): string => Buffer.from(text).subarray(0, 120).toString().replaceAll('\u{fffd}', '');

function end(client: WebSocket, code: number, reason: string): void {
  client.close(code, reason);
  setTimeout(() => client.terminate(), CLOSE_MS).unref();
}

/** Closes the connection without reading what the client has already sent. */
function endInsistent(client: WebSocket): void {
  end(client, POLICY_VIOLATION, 'too_many_requests: too many refused requests');
  client.pause();
}

async function tryIdentify(identify: Identify, req: IncomingMessage): Promise<Identity | ShopyardError> {
  try {
    return await identify(req);
  } catch (error) {
    if (error instanceof ShopyardError) return error;
    throw error;
  }
}

/**
 * Stops reading calls from a client that doesn't read its answers, because they would pile up here. Calls that have
 * already arrived are still answered; MAX_UNSENT bounds those.
 */
async function holdBack(client: WebSocket): Promise<void> {
  if (client.bufferedAmount > MAX_UNSENT) return client.terminate();
  if (client.isPaused || client.bufferedAmount <= HIGH_WATER) return;
  client.pause();
  await writable(client);
  client.resume();
}

async function writable(socket: WebSocket): Promise<void> {
  for (let waited = 0; socket.bufferedAmount > HIGH_WATER; waited += POLL_MS) {
    if (waited >= STUCK_MS) return socket.terminate();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

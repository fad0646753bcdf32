/**
 * Port-forward, over the three transports that clients use: `v4.channel.k8s.io` over a WebSocket, one connection each;
 * SPDY over a WebSocket, as kubectl does since 1.31; and SPDY as an HTTP upgrade, as it did before.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { badRequest } from './api-error.ts';
import { serveSpdy } from './spdy/session.ts';
import { forwardChannels } from './forward-channels.ts';
import { onUpgrade } from './on-upgrade.ts';

const CHANNELS = 'v4.channel.k8s.io';
const FORWARDING = 'portforward.k8s.io';
const TUNNEL = `SPDY/3.1+${FORWARDING}`;

/**
 * Connects each forwarded connection to its `targetOf`, which refuses by an ApiError. The returned function ends them
 * all.
 */
export function acceptPortForwards(server: Server, targetOf: (req: IncomingMessage) => RequestListener): () => void {
  const tunnels = new Set<Duplex>();
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [CHANNELS, TUNNEL].find((protocol) => offered.has(protocol)) ?? false,
  });
  const tunnel = (connection: Duplex, target: RequestListener): void => {
    tunnels.add(connection);
    connection.on('error', () => undefined).once('close', () => tunnels.delete(connection));
    serveSpdy(connection, pairStreams(target)).catch(() => connection.destroy());
  };
  onUpgrade(server, (req, socket, head) => {
    const target = targetOf(req);
    const wanted = req.headers.upgrade?.toLowerCase();
    if (wanted === 'spdy/3.1') {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n' +
          `X-Stream-Protocol-Version: ${FORWARDING}\r\n\r\n`,
      );
      if (head.length > 0) socket.unshift(head);
      return tunnel(socket, target);
    }
    if (wanted !== 'websocket') throw badRequest(`no upgrade to ${req.headers.upgrade ?? 'nothing'} is known`);
    const port = Number(new URL(req.url ?? '/', 'http://cluster').searchParams.get('ports') ?? 0);
    sockets.handleUpgrade(req, socket, head, (client) => {
      if (client.protocol === TUNNEL) tunnel(createWebSocketStream(client), target);
      else connect(forwardChannels(client, port), target);
    });
  });
  return () => {
    sockets.clients.forEach((client) => client.terminate());
    tunnels.forEach((connection) => connection.destroy());
  };
}

/** Each connection has two streams with the same request id: data, and errors, which ends after data does. */
function pairStreams(target: RequestListener): (headers: Map<string, string>, stream: Duplex) => void {
  const errors = new Map<string, Duplex>();
  return (headers, stream) => {
    stream.on('error', () => undefined);
    const id = headers.get('requestid') ?? '';
    if (headers.get('streamtype') === 'error') {
      errors.set(id, stream);
      stream.resume().once('close', () => errors.delete(id));
      return;
    }
    stream.once('close', () => errors.get(id)?.end());
    connect(stream, target);
  };
}

/** The container's end of the connection is a separate server that never listens. */
function connect(connection: Duplex, target: RequestListener): void {
  connection.on('error', () => undefined);
  const serve: RequestListener = (req, res) => {
    try {
      target(req, res);
    } catch {
      res.destroy();
    }
  };
  createServer({ keepAliveTimeout: 60_000 }, serve).emit('connection', connection);
}

/** Taking a connection out of HTTP: the only place that says `.on('upgrade'`. */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError } from '../api-error.ts';

type Upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Hands every upgrade to `accept`, which refuses it by throwing an ApiError; the client reads why. Node takes its own `error` listener off
 * a socket before it emits `upgrade`: without another one a reset at that moment ends the process.
 */
export function onUpgrade(server: Server, accept: Upgrade): void {
  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy());
    try {
      accept(req, socket, head);
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError(500, 'InternalError', 'an error on the server');
      const body = JSON.stringify(known.toStatus());
      socket.end(
        `HTTP/1.1 ${known.code} ${STATUS_CODES[known.code] ?? ''}\r\nConnection: close\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    }
  });
}

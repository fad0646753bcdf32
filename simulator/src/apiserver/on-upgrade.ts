/** Takes a connection out of HTTP: the only place that calls `.on('upgrade'`. */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiError } from './api-error.ts';

type Upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Passes every upgrade to `accept`, which refuses by throwing an ApiError that the client sees. Node removes its own
 * `error` listener before it emits `upgrade`: without another, a connection reset at that moment ends the process.
 */
export function onUpgrade(server: Server, accept: Upgrade): void {
  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy());
    try {
      accept(req, socket, head);
    } catch (error) {
      const known =
        error instanceof ApiError
          ? error
          : new ApiError({ code: 500, reason: 'InternalError', message: 'an error on the server' });
      const body = JSON.stringify(known.toStatus());
      socket.end(
        `HTTP/1.1 ${known.code} ${STATUS_CODES[known.code] ?? ''}\r\nConnection: close\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    }
  });
}

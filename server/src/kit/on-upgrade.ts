/** The only place that takes upgrades (a test holds this): no socket gets past it without a handler for its errors. */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { SECURITY_HEADERS } from './security-headers.ts';

export interface Upgrade {
  req: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** How long a refused client has to read the answer. */
const LINGER_MS = 1000;

/** Calls `handle` for each upgrade; the result stops that. */
export function onUpgrade(server: Server, handle: (upgrade: Upgrade) => void): () => void {
  const listener = (req: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Node took its own handler off the socket: without this one, a reset ends the process.
    socket.on('error', () => socket.destroy());
    try {
      handle({ req, socket, head });
    } catch {
      socket.destroy();
    }
  };
  server.on('upgrade', listener);
  return () => server.off('upgrade', listener);
}

export interface UpgradeRefusal {
  status: number;
  text: string;
  headers?: Record<string, string>;
}

/** Answers an upgrade with an error and closes the connection. */
export function refuseUpgrade(socket: Duplex, { status, text, headers = {} }: UpgradeRefusal): void {
  const lines = Object.entries({
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    ...SECURITY_HEADERS,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n${lines.join('')}\r\n${text}\n`);
  socket.resume();
  // An upgraded socket is half open for as long as the client likes.
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(linger));
}

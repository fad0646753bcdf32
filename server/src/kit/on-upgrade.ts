/** The only place that accepts upgrades (a test enforces this), so that every upgraded socket has an error handler. */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { SECURITY_HEADERS } from './security-headers.ts';

export interface Upgrade {
  req: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** Time that a refused client has to read the response. */
const LINGER_MS = 1000;

type Handle = (upgrade: Upgrade) => void | Promise<void>;

/** Calls `handle` for each upgrade, until the returned function is called. */
export function onUpgrade(server: Server, handle: Handle): () => void {
  const listener = (req: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Node has removed its own handler from the socket; without this one, a reset would crash the process.
    socket.on('error', () => socket.destroy());
    void attend(handle, { req, socket, head });
  };
  server.on('upgrade', listener);
  return () => server.off('upgrade', listener);
}

async function attend(handle: Handle, upgrade: Upgrade): Promise<void> {
  try {
    await handle(upgrade);
  } catch {
    upgrade.socket.destroy();
  }
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
  // Otherwise the client could keep an upgraded socket half open indefinitely.
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(linger));
}

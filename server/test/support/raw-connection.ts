/** Raw bytes over TCP, for requests that no HTTP client sends. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawTarget {
  port: number;
  /** Source address, so that a test can be several callers on one machine. */
  from?: string;
}

/** A connection whose errors are ignored. */
export async function openSocket({ port, from = '127.0.0.1' }: RawTarget): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  return socket;
}

/** Sends the bytes and resolves with everything that comes back until the server closes, or `ms` pass. */
export async function exchange(target: RawTarget, bytes: string | Buffer, ms = 5000): Promise<string> {
  const socket = await openSocket(target);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.write(bytes);
  await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, ms).unref())]);
  socket.destroy();
  return text;
}

/** The head of a request that asks for a WebSocket. */
export function upgradeRequest(path: string, headers: Record<string, string>): string {
  const all = {
    ...headers,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': `${'a'.repeat(22)}==`,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

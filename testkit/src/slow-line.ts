/**
 * A slow network in front of a server: all connections share one line. The browser's own emulation slows what a WebSocket's
 * messages inflate to, not what is sent.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SlowLine extends AsyncDisposable {
  /** Address to use in place of the server's. */
  origin: string;
  /** Bytes that the server has sent over WebSockets so far, handshakes included. */
  socketBytes(): number;
}

export interface Line {
  /** From the server to the client. */
  bytesPerMs: number;
  roundTripMs: number;
}

/** `server`: its origin. */
export async function startSlowLine(server: string, { bytesPerMs, roundTripMs }: Line): Promise<SlowLine> {
  const { hostname, port } = new URL(server);
  let socketBytes = 0;
  /** When the line has sent what it was given. */
  let free = 0;
  const clients = new Set<Socket>();
  const line = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    clients.add(client);
    client.once('close', () => clients.delete(client));
    // A connection takes a round trip before its first byte.
    let delay = 1.5 * roundTripMs;
    pass(client, upstream, () => {
      const ms = delay;
      delay = roundTripMs / 2;
      return performance.now() + ms;
    });
    pass(upstream, client, (bytes) => {
      free = Math.max(free, performance.now()) + bytes / bytesPerMs;
      return free + roundTripMs / 2;
    });
    client.once('data', (first: Buffer) => {
      if (!/^upgrade: *websocket/im.test(first.toString('latin1'))) return;
      upstream.on('data', (sent: Buffer) => (socketBytes += sent.length));
    });
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  // What listens on a port has an address of this kind.
  const address = line.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    socketBytes: () => socketBytes,
    async [Symbol.asyncDispose]() {
      const closed = once(line.close(), 'close');
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}

/** `arrival`: when so many bytes, sent now, arrive. In order, whatever that says. */
function pass(from: Socket, to: Socket, arrival: (bytes: number) => number): void {
  let passed = Promise.resolve();
  const later = (at: number, act: () => void): void => {
    passed = passed.then(() => sleep(Math.max(0, at - performance.now()))).then(act);
  };
  from.on('data', (bytes: Buffer) => later(arrival(bytes.length), () => to.write(bytes)));
  from.on('end', () => later(0, () => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => later(0, () => to.destroy()));
}

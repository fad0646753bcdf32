/** A proxy that signs its visitors in, as one in front of Shopyard does; the sign-in can end and begin again. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export const SECRET = 's'.repeat(40);

export interface SignInProxy extends AsyncDisposable {
  url: string;
  /** Ends the connections of everyone who was signed in. */
  signOut(): void;
  signIn(): void;
}

/** Forwards to a server that was started with `SHOPYARD_AUTH=proxy` and `SECRET`. */
export async function startSignInProxy(target: string): Promise<SignInProxy> {
  let signedIn = true;
  const sockets = new Set<Socket>();
  const forward = (req: IncomingMessage) => {
    const proof = signedIn ? { 'x-shopyard-proxy-secret': SECRET, 'x-forwarded-user': 'ann' } : {};
    const { host, port } = { host: '127.0.0.1', port: new URL(target).port };
    return request({ host, port, method: req.method, path: req.url, headers: { ...req.headers, ...proof } });
  };
  const proxy = createServer((req, res) => {
    const upstream = forward(req);
    upstream.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    upstream.on('error', () => res.destroy());
    req.pipe(upstream);
  });
  proxy.on('upgrade', (req: IncomingMessage, socket: Socket) => {
    const upstream = forward(req);
    sockets.add(socket);
    upstream.on('upgrade', (answer, other) => {
      const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n`);
      socket.pipe(other).pipe(socket);
      socket.on('close', () => other.destroy());
      other.on('error', () => socket.destroy());
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    upstream.end();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    signOut() {
      signedIn = false;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    signIn: () => void (signedIn = true),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

/** Where the cluster listens: a loopback port, and the secret first part of every path. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSecret } from './apiserver/access.ts';

interface Address {
  server: Server;
  secret: string;
  /** `http://127.0.0.1:PORT/SECRET` */
  url: string;
}

/**
 * Listens on 127.0.0.1, reusing the `previous` URL if its port is free. Another process on that port would receive the
 * secret from existing clients, so a new port comes with a new secret.
 */
export async function takeAddress(previous?: string): Promise<Address> {
  const kept = previous === undefined ? undefined : parseUrl(previous);
  const server = kept && (await listen(kept.port).catch(ignoreTaken));
  if (kept && server) return addressOf(server, kept.secret);
  return addressOf(await listen(0), createSecret());
}

function parseUrl(url: string): { port: number; secret: string } | undefined {
  const [, port, secret] = /^http:\/\/127\.0\.0\.1:(\d+)\/([0-9a-f]{32})$/.exec(url) ?? [];
  return port && secret ? { port: Number(port), secret } : undefined;
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function ignoreTaken(error: unknown): undefined {
  // Errors of other kinds have no code.
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
}

function addressOf(server: Server, secret: string): Address {
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  return { server, secret, url: `http://127.0.0.1:${port}/${secret}` };
}

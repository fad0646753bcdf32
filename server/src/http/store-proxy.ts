/**
 * `http://NAME.localhost:PORT` is the store NAME: requests are handed to its WordPress as they came, Host
 * included, streaming both ways, WebSockets too. Until it is ready a page says how far it is.
 */
import { type Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Store } from '@shopyard/contracts';
import { waitingPage } from './waiting-page.ts';

export interface StoreDoor {
  /** The store of this name. */
  find(name: string): Store | undefined;
  /** Leads to its WordPress, by a connection that may have been used before or by a fresh one; undefined while no pod is ready. */
  agentFor: (store: Store, connections: 'kept' | 'fresh') => Agent | undefined;
}

/** Meant for one connection, not to be passed on. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
]);

/** The store that a Host header names, or undefined when it is Shopyard's own address. */
export function storeNameOf(host: string | undefined): string | undefined {
  return /^([a-z0-9-]+)\.localhost(?::\d+)?$/i.exec(host ?? '')?.[1]?.toLowerCase();
}

export function proxyRequest(door: StoreDoor, req: IncomingMessage, res: ServerResponse): void {
  const { store, agent } = enter(door, req, isRepeatable(req) ? 'kept' : 'fresh');
  if (!store || !agent) {
    const page = waitingPage(store, storeNameOf(req.headers.host) ?? '');
    req.resume();
    res
      .writeHead(page.status, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Retry-After': '2',
      })
      .end(page.html);
    return;
  }
  const outgoing = request({ agent, method: req.method, path: req.url, headers: forwarded(req) }, (incoming) => {
    res.writeHead(incoming.statusCode ?? 502, withoutHopByHop(incoming.headers));
    incoming.pipe(res);
    incoming.once('error', () => res.destroy());
  });
  outgoing.once('error', () => {
    if (res.headersSent || res.destroyed) return void res.destroy();
    // The store hung up on a connection that was kept: with another one nothing is wrong.
    if (outgoing.reusedSocket && isRepeatable(req)) return proxyRequest(door, req, res);
    const page = waitingPage({ ...store, message: 'Its connection was interrupted.' }, store.name);
    res.writeHead(502, { 'Content-Type': 'text/html; charset=utf-8' }).end(page.html);
  });
  res.once('close', () => outgoing.destroy());
  if (isRepeatable(req)) outgoing.end();
  else req.pipe(outgoing);
}

/** Changes nothing, and has no body: may be sent again. */
function isRepeatable({ method, headers }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return (method === 'GET' || method === 'HEAD') && !hasBody;
}

/** Hands a WebSocket or any other upgrade through. */
export function proxyUpgrade(door: StoreDoor, req: IncomingMessage, exchange: { socket: Duplex; head: Buffer }): void {
  const { socket, head } = exchange;
  const { agent } = enter(door, req, 'fresh');
  if (!agent) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
  const outgoing = request({ agent, method: req.method, path: req.url, headers: { ...req.headers } });
  outgoing.once('upgrade', (response, upstream, rest) => {
    const headers = response.rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
    socket.write(`HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\n${headers}\r\n`);
    socket.write(rest);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
    upstream.once('error', () => socket.destroy());
    socket.once('error', () => upstream.destroy());
  });
  outgoing.once('response', (response) => {
    response.resume();
    socket.end(`HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\nConnection: close\r\n\r\n`);
  });
  outgoing.once('error', () => socket.destroy());
  outgoing.end();
}

function enter(
  door: StoreDoor,
  req: IncomingMessage,
  connections: 'kept' | 'fresh',
): { store: Store | undefined; agent: Agent | undefined } {
  const store = door.find(storeNameOf(req.headers.host) ?? '');
  return { store, agent: store && door.agentFor(store, connections) };
}

function forwarded(req: IncomingMessage): Record<string, string | string[] | undefined> {
  return { ...withoutHopByHop(req.headers), 'x-forwarded-for': req.socket.remoteAddress ?? '' };
}

function withoutHopByHop(headers: IncomingMessage['headers']): Record<string, string | string[] | undefined> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}

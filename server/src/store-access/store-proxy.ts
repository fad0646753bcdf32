/**
 * `http://NAME.localhost:PORT` is the store NAME: requests go to its WordPress as they came, Host included, streaming
 * both ways. While it can't serve, a page says so. Nothing that a store answers can harm the server.
 */
import { type Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Store } from '@shopyard/contracts';
import { storeNameOf } from './hostnames.ts';
import { refuseUpgrade, type Upgrade } from '../kit/on-upgrade.ts';
import { endToEnd, toStoreHeaders } from './proxy-headers.ts';
import { SECURITY_HEADERS, WAITING_PAGE_POLICY } from '../kit/security-headers.ts';
import { CLOSED_PAGE, INTERRUPTED_PAGE, waitingPage } from './waiting-page.ts';

export interface StoreDoor {
  /** The store of this name. */
  find(name: string): Store | undefined;
  /** Leads to its WordPress, by a connection that may have been used before or by a fresh one; undefined while no pod is ready. */
  agentFor: (store: Store, connections: 'kept' | 'fresh') => Agent | undefined;
  /** Request headers, in lower case, that no store gets to see. */
  withheld?: readonly string[];
  /** Whether callers must not learn which stores exist and how they are. */
  discreet?: boolean;
}

export function proxyRequest(door: StoreDoor, req: IncomingMessage, res: ServerResponse): void {
  const { store, agent } = enter(door, req, isRepeatable(req) ? 'kept' : 'fresh');
  // A connection that breaks ends its own request; there is nobody left to tell.
  res.on('error', () => undefined);
  if (!store || !agent) {
    req.resume();
    const { status, html } = door.discreet ? CLOSED_PAGE : waitingPage(store);
    return sendPage(res, status, html);
  }
  let settled = false;
  const settle = (act: () => void): void => {
    if (settled) return;
    settled = true;
    act();
  };
  const fail = (): void => {
    const { status, html } = door.discreet ? CLOSED_PAGE : INTERRUPTED_PAGE;
    sendPage(res, status, html);
  };
  const outgoing = ask(door, req, { agent });
  if (!outgoing) return settle(() => sendPage(res, 400, 'This address is not valid.'));
  outgoing.once('response', (incoming) =>
    settle(() => {
      if (passOn(incoming, res)) return;
      incoming.destroy();
      fail();
    }),
  );
  outgoing.on('error', () => {
    // Once the answer has begun, its own stream says whether it is complete.
    // The store hung up on a connection that was kept: with another one nothing is wrong.
    settle(() => (outgoing.reusedSocket && isRepeatable(req) ? proxyRequest(door, req, res) : fail()));
  });
  // Also after an answer that Node takes for the beginning of another protocol, of which it tells nobody.
  outgoing.once('close', () => settle(fail));
  res.once('close', () => outgoing.destroy());
  if (isRepeatable(req)) outgoing.end();
  else req.on('error', () => outgoing.destroy()).pipe(outgoing);
}

/** Hands a WebSocket or any other upgrade through. */
export function proxyUpgrade(door: StoreDoor, { req, socket, head }: Upgrade): void {
  const { agent } = enter(door, req, 'fresh');
  if (!agent) return refuseUpgrade(socket, { status: 503, text: 'this store is not open' });
  const outgoing = ask(door, req, { agent, extra: { connection: 'upgrade', upgrade: req.headers.upgrade } });
  if (!outgoing) return refuseUpgrade(socket, { status: 400, text: 'this address is not valid' });
  let answered = false;
  const refuse = (status: number): void => {
    if (answered) return;
    answered = true;
    refuseUpgrade(socket, { status, text: 'this store does not take the connection' });
  };
  socket.once('close', () => outgoing.destroy());
  outgoing.once('upgrade', (response, upstream, rest) => {
    upstream.on('error', () => socket.destroy());
    socket.once('close', () => upstream.destroy());
    if (answered || socket.destroyed || response.statusCode !== 101) {
      upstream.destroy();
      return refuse(502);
    }
    answered = true;
    const headers = response.rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`, 'latin1');
    socket.write(rest);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  outgoing.once('response', (response) => {
    response.on('error', () => undefined).resume();
    refuse(isFinalStatus(response.statusCode) ? response.statusCode : 502);
  });
  outgoing.on('error', () => refuse(502));
  outgoing.once('close', () => refuse(502));
  outgoing.end();
}

/** Undefined for a request that can't be sent on, such as one for an absolute address. */
function ask(
  door: StoreDoor,
  req: IncomingMessage,
  { agent, extra = {} }: { agent: Agent; extra?: Record<string, string | undefined> },
): ClientRequest | undefined {
  if (!req.url?.startsWith('/')) return undefined;
  try {
    const headers = { ...toStoreHeaders(req, door.withheld), ...extra };
    return request({ agent, method: req.method, path: req.url, headers });
  } catch {
    return undefined;
  }
}

/** Passes a store's answer on. False, with nothing sent, when it is none that may be passed on. */
function passOn(incoming: IncomingMessage, res: ServerResponse): boolean {
  const { statusCode: status } = incoming;
  if (!isFinalStatus(status) || res.destroyed) return false;
  const headers = endToEnd(incoming.headers);
  if (status === 204) for (const name of ['content-length', 'transfer-encoding']) delete headers[name];
  try {
    res.writeHead(status, headers);
  } catch {
    return false;
  }
  incoming.on('error', () => res.destroy()).pipe(res);
  return true;
}

function isFinalStatus(status: number | undefined): status is number {
  return status !== undefined && status >= 200 && status <= 599;
}

/** Changes nothing, and has no body: may be sent again. */
function isRepeatable({ method, headers }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return (method === 'GET' || method === 'HEAD') && !hasBody;
}

function enter(
  door: StoreDoor,
  req: IncomingMessage,
  connections: 'kept' | 'fresh',
): { store: Store | undefined; agent: Agent | undefined } {
  const store = door.find(storeNameOf(req.headers.host) ?? '');
  return { store, agent: store && door.agentFor(store, connections) };
}

function sendPage(res: ServerResponse, status: number, html: string): void {
  if (res.headersSent || res.destroyed) return void res.destroy();
  const headers = { ...SECURITY_HEADERS, 'Content-Security-Policy': WAITING_PAGE_POLICY, 'Cache-Control': 'no-store' };
  res
    .writeHead(status, {
      ...headers,
      'Content-Type': 'text/html; charset=utf-8',
      ...(status === 503 ? { 'Retry-After': '2' } : {}),
    })
    .end(html);
}

/**
 * Proxies `http://NAME.localhost:PORT` to the store NAME. Requests reach its shop unchanged, Host included, and
 * stream both ways. A page stands in while the store can't serve. No response from a store can harm the server.
 */
import { type Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Store } from '@shopyard/contracts';
import { storeNameOf } from './hostnames.ts';
import { refuseUpgrade, type Upgrade } from '../kit/on-upgrade.ts';
import { endToEnd, toStoreHeaders } from './proxy-headers.ts';
import { SECURITY_HEADERS, WAITING_PAGE_POLICY } from '../kit/security-headers.ts';
import { CLOSED_PAGE, INTERRUPTED_PAGE, type WaitingPage, waitingPage } from './waiting-page.ts';

export interface StoreAccess {
  /** Finds the store with this name. */
  find(name: string): Store | undefined;
  /** Agent that connects to the store's shop, see StoreAgents; undefined while no pod is ready. */
  agentFor: (store: Store, connections: 'kept' | 'fresh') => Agent | undefined;
  /** Request headers (lower case) to hide from stores. */
  withheld?: readonly string[];
  /** Hides from callers which stores exist and what state they are in. */
  discreet?: boolean;
}

export function proxyRequest(access: StoreAccess, req: IncomingMessage, res: ServerResponse): void {
  const { store, agent } = enter(access, req, isRepeatable(req) ? 'kept' : 'fresh');
  // A broken connection ends its own request; nobody is left to notify.
  res.on('error', () => undefined);
  if (!store || !agent) {
    req.resume();
    return sendPage(res, access.discreet ? CLOSED_PAGE : waitingPage(store), wantsHtml(req));
  }
  let settled = false;
  const settle = (act: () => void): void => {
    if (settled) return;
    settled = true;
    act();
  };
  const fail = (): void => {
    sendPage(res, access.discreet ? CLOSED_PAGE : INTERRUPTED_PAGE, wantsHtml(req));
  };
  const outgoing = ask(access, req, { agent });
  if (!outgoing) return settle(() => sendPage(res, { status: 400, html: 'This address is not valid.' }));
  outgoing.once('response', (incoming) =>
    settle(() => {
      if (passOn(incoming, res)) return;
      incoming.destroy();
      fail();
    }),
  );
  outgoing.on('error', () => {
    // Once the response has begun, its own stream reports whether it is complete.
    // An error on a reused connection usually means the store hung up on it: retry on another one.
    settle(() => (outgoing.reusedSocket && isRepeatable(req) ? proxyRequest(access, req, res) : fail()));
  });
  // Also covers a response that Node takes for a protocol switch, for which it emits nothing else.
  outgoing.once('close', () => settle(fail));
  res.once('close', () => outgoing.destroy());
  if (isRepeatable(req)) outgoing.end();
  else req.on('error', () => outgoing.destroy()).pipe(outgoing);
}

/** Passes through WebSockets and any other upgrade. */
export function proxyUpgrade(access: StoreAccess, { req, socket, head }: Upgrade): void {
  const { agent } = enter(access, req, 'fresh');
  if (!agent) return refuseUpgrade(socket, { status: 503, text: 'this store is not open' });
  const outgoing = ask(access, req, { agent, extra: { connection: 'upgrade', upgrade: req.headers.upgrade } });
  if (!outgoing) return refuseUpgrade(socket, { status: 400, text: 'this address is not valid' });
  let answered = false;
  const refuse = (status: number): void => {
    if (answered) return;
    answered = true;
    refuseUpgrade(socket, { status, text: 'this store refused the connection' });
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

/** Sends the request to the store. Returns undefined if it can't be forwarded, such as one with an absolute URL. */
function ask(
  access: StoreAccess,
  req: IncomingMessage,
  { agent, extra = {} }: { agent: Agent; extra?: Record<string, string | undefined> },
): ClientRequest | undefined {
  if (!req.url?.startsWith('/')) return undefined;
  try {
    const headers = { ...toStoreHeaders(req, access.withheld), ...extra };
    return request({ agent, method: req.method, path: req.url, headers });
  } catch {
    return undefined;
  }
}

/** Forwards a store's response. Returns false, with nothing sent, if the response must not be forwarded. */
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

/** Whether the request may be sent again: it changes nothing and has no body. */
function isRepeatable({ method, headers }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return (method === 'GET' || method === 'HEAD') && !hasBody;
}

function enter(
  access: StoreAccess,
  req: IncomingMessage,
  connections: 'kept' | 'fresh',
): { store: Store | undefined; agent: Agent | undefined } {
  const store = access.find(storeNameOf(req.headers.host) ?? '');
  // Its pods may still be ending what they began.
  const isOpen = store && !store.suspended;
  return { store, agent: isOpen ? access.agentFor(store, connections) : undefined };
}

/** Browsers ask for it by name; webhooks, apps and probes don't. */
function wantsHtml({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

function sendPage(res: ServerResponse, { status, html, text, retryAfter = 2 }: WaitingPage, isBrowser = true): void {
  if (res.headersSent || res.destroyed) return void res.destroy();
  const plain = isBrowser ? undefined : text;
  const headers = { ...SECURITY_HEADERS, 'Content-Security-Policy': WAITING_PAGE_POLICY, 'Cache-Control': 'no-store' };
  res
    .writeHead(status, {
      ...headers,
      'Content-Type': `text/${plain === undefined ? 'html' : 'plain'}; charset=utf-8`,
      ...(status === 503 ? { 'Retry-After': String(retryAfter) } : {}),
    })
    .end(plain ?? html);
}

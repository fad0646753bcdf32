/**
 * A proxy between server and cluster over real TCP: forwards requests, or injects faults of networks and API servers.
 * Faults can be set while it runs.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createInterface } from 'node:readline';

export type Fault =
  /** Refuses connections and resets open ones. */
  | { kind: 'refuse' }
  /** Resets the connection after this many bytes of the response. */
  | { kind: 'reset'; after: number }
  /** Accepts the request and never responds. */
  | { kind: 'hang' }
  | { kind: 'status'; status: number; headers?: Record<string, string>; reason?: string }
  /** Answers 401 to requests without this token. */
  | { kind: 'unauthorized'; unless: string }
  /** Sends the watch an event that its version is too old. */
  | { kind: 'gone-in-stream' }
  /** Starts the watch and then stays silent. */
  | { kind: 'silence' }
  /** Delays each chunk of a response by this much. */
  | { kind: 'slow'; ms: number }
  /** Replays earlier events to a resumed watch, out of order, before new ones. */
  | { kind: 'replay' };

type Which = 'all' | 'watches' | 'others';

export interface FaultProxy extends AsyncDisposable {
  url: string;
  /** Requests received, without refused connections. */
  requests: number;
  /** Those that a server without any store sends too: watches that begin again, and renewals of its Lease. */
  standing: number;
  /** Requests that met a fault. */
  harmed: number;
  /** Injects this fault from now on; ends open connections, so that all meet it. */
  inject(fault: Fault, which?: Which): Promise<void>;
  /** Clears the fault. */
  heal(): Promise<void>;
}

const TLS = new URL('../fixtures/tls/', import.meta.url);

/**
 * The proxy's URL includes the target's path, which holds the secret. `tls` serves HTTPS with an untrusted certificate,
 * because clients send tokens only over TLS.
 */
export async function startFaultProxy(target: string, { tls = false } = {}): Promise<FaultProxy> {
  const { origin, pathname } = new URL(target);
  let current: { fault: Fault; which: Which } | undefined;
  /** Lines sent to each watch, by path without the version. */
  const sent = new Map<string, string[]>();
  const sockets = new Set<Socket>();

  const listener = (req: IncomingMessage, res: ServerResponse): void => {
    proxy.requests += 1;
    const watch = /[?&]watch=true/.test(req.url ?? '');
    if (watch || req.url?.includes('/leases/')) proxy.standing += 1;
    const meant = current && (current.which === 'all' || (current.which === 'watches') === watch);
    const fault = meant && !isRenewed(req, current?.fault) ? current?.fault : undefined;
    if (fault) proxy.harmed += 1;
    res.on('error', () => undefined);
    answer(req, res, { fault, watch });
  };
  const server = tls
    ? createTlsServer(
        { key: readFileSync(new URL('localhost.key', TLS)), cert: readFileSync(new URL('localhost.crt', TLS)) },
        listener,
      )
    : createServer(listener);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function answer(
    req: IncomingMessage,
    res: ServerResponse,
    { fault, watch }: { fault?: Fault | undefined; watch: boolean },
  ): void {
    switch (fault?.kind) {
      case 'hang':
      case 'refuse':
        return;
      case 'status':
        return void res
          .writeHead(fault.status, { 'Content-Type': 'application/json', ...fault.headers })
          .end(JSON.stringify(statusOf(fault.status, fault.reason)));
      case 'unauthorized':
        return void res
          .writeHead(401, { 'Content-Type': 'application/json' })
          .end(JSON.stringify(statusOf(401, 'Unauthorized')));
      case 'gone-in-stream':
        return void res.writeHead(200).end(`${JSON.stringify({ type: 'ERROR', object: statusOf(410, 'Expired') })}\n`);
      case 'silence':
        res.writeHead(200, { 'Content-Type': 'application/json' });
        res.flushHeaders();
        return;
      default:
        return pass(req, res, { fault, watch });
    }
  }

  function pass(
    req: IncomingMessage,
    res: ServerResponse,
    { fault, watch }: { fault?: Fault | undefined; watch: boolean },
  ): void {
    const key = (req.url ?? '').replace(/resourceVersion=\d*|timeoutSeconds=\d*/g, '');
    const outgoing = request(origin + (req.url ?? ''), { method: req.method, headers: req.headers }, (incoming) => {
      res.writeHead(incoming.statusCode ?? 502, incoming.headers);
      if (fault?.kind === 'replay' && watch)
        for (const line of (sent.get(key) ?? []).toReversed()) res.write(`${line}\n`);
      if (watch)
        createInterface({ input: incoming })
          .on('error', () => undefined)
          .on('line', (line) => sent.set(key, [...(sent.get(key) ?? []), line].slice(-20)));
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => {
        if (fault?.kind === 'slow') return void setTimeout(() => res.write(chunk), fault.ms);
        if (fault?.kind !== 'reset') return void res.write(chunk);
        res.write(chunk.subarray(0, fault.after - bytes), () => {
          if (bytes >= fault.after) reset(res.socket?.remotePort);
        });
        bytes += chunk.length;
      });
      incoming.once('end', () => setTimeout(() => res.end(), fault?.kind === 'slow' ? fault.ms + 1 : 0));
      incoming.once('error', () => res.destroy());
    });
    outgoing.once('error', () => res.destroy());
    outgoing.on('upgrade', (_response, socket: Socket) => socket.destroy());
    res.once('close', () => outgoing.destroy());
    req.pipe(outgoing);
  }

  // Port-forwards are WebSockets: forwarded, or cut like everything else.
  server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) => {
    if (current && !isRenewed(req, current.fault)) return void socket.destroy();
    const outgoing = request(origin + (req.url ?? ''), { method: req.method, headers: req.headers });
    outgoing.once('upgrade', (response, upstream: Socket, rest: Buffer) => {
      const headers = response.rawHeaders
        .map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`))
        .join('');
      socket.write(`HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\n${headers}\r\n`);
      socket.write(rest);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
      upstream.once('error', () => socket.destroy());
    });
    outgoing.once('error', () => socket.destroy());
    outgoing.end();
  });

  // A TLS socket can't be reset; the TCP socket below it can.
  const reset = (remotePort: number | undefined): void =>
    void [...sockets].find((socket) => socket.remotePort === remotePort)?.resetAndDestroy();
  const cut = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  const proxy: FaultProxy = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}${pathname.replace(/\/$/, '')}`,
    requests: 0,
    standing: 0,
    harmed: 0,
    async inject(fault, which = 'all') {
      current = { fault, which };
      if (fault.kind === 'refuse') await new Promise((resolve) => (server.close(resolve), cut()));
      else cut();
    },
    async heal() {
      if (!current) return;
      const refused = current.fault.kind === 'refuse';
      current = undefined;
      if (refused) {
        server.listen(port, '127.0.0.1');
        await once(server, 'listening');
      } else cut();
    },
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

function isRenewed({ headers }: IncomingMessage, fault: Fault | undefined): boolean {
  return fault?.kind === 'unauthorized' && headers.authorization === `Bearer ${fault.unless}`;
}

function statusOf(code: number, reason = 'InternalError'): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message: 'a fault that was asked for', reason, code };
}

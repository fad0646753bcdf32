/** The HTTP server: guard, REST, tRPC, WebSocket, dashboard, health. Knows `Services`, not their implementation. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { may, ShopyardError } from '@shopyard/contracts';
import type { Services } from '@shopyard/contracts/services';
import { appRouter, type AppRouter } from '@shopyard/contracts/router';
import type { TRPCError } from '@trpc/server';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Listening } from '../config/listen-config.ts';
import { isPageRequest, routedUrl } from './dashboard-pages.ts';
import type { Access } from '../app/access/access.ts';
import type { Callers } from './caller.ts';
import { errorReplyOf, retryAfterOf } from './error-reply.ts';
import { type HealthOptions, listenForHealth, OPEN_PATHS, registerHealth, registerMetrics } from './health.ts';
import { storeNameOf } from '../store-access/hostnames.ts';
import type { Identity } from './identity.ts';
import { refuseUpgrade } from '../kit/on-upgrade.ts';
import { assertLoopback } from './listen-address.ts';
import { contextOf, type Scope } from './request-context.ts';
import { createRequestGuard } from './request-guard.ts';
import { PROXY_SECRET_HEADER } from './proxied-user.ts';
import { registerProviderAnswer, registerProviderSignIn } from './provider-routes.ts';
import { registerRest } from './rest.ts';
import { registerSessions } from './session-routes.ts';
import { SECURITY_HEADERS } from '../kit/security-headers.ts';
import { registerStaticClient } from './static-client.ts';
import { proxyRequest, type StoreAccess } from '../store-access/store-proxy.ts';
import { listenForWebSockets, MAX_BATCH } from './websocket.ts';

const BODY_LIMIT = 64 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** Time limit for receiving a request's headers; then the connection is closed. */
const HEADERS_TIMEOUT_MS = 10_000;
const CHECK_MS = 2000;

export interface Calls {
  services: Services;
  callers: Callers;
  scope: Scope;
  people: Access;
}

export interface ListenerOptions {
  /** Without a port for health, the main port serves health and metrics. */
  listening: Listening;
  calls: Calls;
  health: HealthOptions;
  clientDir: string;
  access: StoreAccess;
  log: Logger;
}

export interface Listener {
  port: number;
  close(): Promise<void>;
}

/** Throws ListenError if the socket is bound to an address that needs authentication. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { health, log } = options;
  const { services, callers, scope, people } = options.calls;
  const { host, port, healthPort, publicUrl, auth } = options.listening;
  const guard = createRequestGuard(publicUrl);
  const { identify } = callers;
  const withheld = [PROXY_SECRET_HEADER, ...(auth.kind === 'proxy' ? [auth.userHeader] : [])];
  const access = {
    ...options.access,
    withheld,
    get discreet() {
      return auth.kind === 'proxy' || people.isAsked();
    },
  };
  const app = createApp(access, log);
  app.addHook('onRequest', async (request, reply) => {
    // Defaults: the dashboard's files and some routes override them.
    void reply.headers({ ...SECURITY_HEADERS, 'Cache-Control': 'no-store', Vary: 'Accept' });
    const refusal = OPEN_PATHS.has(request.url) ? undefined : guard.refusalOf(request.raw);
    if (refusal) throw new ShopyardError('forbidden', refusal);
  });

  // Strangers can reach this port off loopback, and must learn no more than a probe needs.
  registerHealth(app, health, () => auth.kind === 'none' && !people.isAsked());
  await app.register(async (api) => {
    api.addHook('onRequest', async ({ raw }) => {
      const refusal = guard.readRefusalOf(raw);
      if (refusal) throw new ShopyardError('forbidden', refusal);
    });
    await api.register(async (rest) => {
      rest.addHook('onRequest', async ({ raw }) => void (await identify(raw)));
      registerRest(rest, { services, callers, scope, transport: 'rest' });
      if (healthPort === undefined)
        await rest.register(async (metrics) => {
          // They count the stores of all teams.
          metrics.addHook('onRequest', async ({ raw }) => assertAdmin(await identify(raw)));
          registerMetrics(metrics, health);
        });
    });
    const { addressOf } = callers;
    await api.register(async (sessions) => registerSessions(sessions, { people, addressOf, publicUrl }));
    if (people.provider) registerProviderSignIn(api, { provider: people.provider, addressOf, publicUrl });
    await api.register(fastifyTRPCPlugin, {
      prefix: '/trpc',
      trpcOptions: {
        // A plan's values belong into a body: addresses are short, and proxies log them.
        allowMethodOverride: true,
        router: appRouter,
        maxBatchSize: MAX_BATCH,
        createContext: ({ req }) => contextOf(req.raw, { services, callers, scope, transport: 'trpc' }),
        responseMeta: ({ errors }) => retryHeaders(errors),
        onError: ({ error, path }) => {
          if (error.code === 'INTERNAL_SERVER_ERROR') log.error({ error, path }, 'procedure failed');
        },
      } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions'],
    });
  });
  if (people.provider)
    registerProviderAnswer(app, { provider: people.provider, addressOf: callers.addressOf, publicUrl });
  await registerStaticClient(app, options.clientDir);

  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => app.close());
  await app.listen({ host, port });
  const bound = app.addresses().filter((address) => typeof address !== 'string');
  if (auth.kind === 'none' && !people.isAsked()) assertLoopback(host, bound);
  const sockets = listenForWebSockets({
    server: app.server,
    services,
    callers: { ...callers, scope },
    refusalOf: guard.refusalOf,
    access,
  });
  cleanup.defer(() => sockets.close());
  if (healthPort !== undefined) cleanup.defer(await listenForHealth(healthPort, health));
  const stack = cleanup.move();
  // It listens on a port.
  return { port: (app.server.address() as AddressInfo).port, close: () => stack.disposeAsync() };
}

/** Of a batch, when the last of the calls that came too often may be repeated. */
function retryHeaders(errors: readonly TRPCError[]): { headers?: Record<string, string> } {
  const waits = errors.filter(({ code }) => code === 'TOO_MANY_REQUESTS').map(retryAfterOf);
  return waits.length > 0 ? { headers: { 'Retry-After': String(Math.max(...waits)) } } : {};
}

function assertAdmin(identity: Identity): void {
  if (!may(identity, 'platform:read'))
    throw new ShopyardError('forbidden', 'this needs the right platform:read: ask an administrator for it');
}

/** Creates the app without routes. Requests for stores' hosts go to the proxy; failures use our own error format. */
function createApp(access: StoreAccess, log: Logger): FastifyInstance {
  const app = fastify({
    serverFactory: (handler, options) =>
      createServer(
        { ...options, headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_MS },
        (req, res) => {
          if (storeNameOf(req.headers.host) === undefined) handler(req, res);
          else proxyRequest(access, req, res);
        },
      ),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    rewriteUrl: routedUrl,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseMalformed,
  });
  app.setErrorHandler((error, request, reply) => {
    const { status, body } = errorReplyOf(error);
    if (status >= 500) log.error({ error, method: request.method, url: request.url }, 'request failed');
    if (status === 429) void reply.header('Retry-After', String(retryAfterOf(error)));
    return reply.status(status).send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    if (isPageRequest(request.raw) && app.hasReplyDecorator('sendFile'))
      return reply.status(404).sendFile('index.html');
    const { status, body } = errorReplyOf(
      new ShopyardError('not_found', `no route for ${request.method} ${request.url.slice(0, 200)}`),
    );
    return reply.status(status).send(body);
  });
  return app;
}

/** Handles bytes that are not a valid request, and broken connections. */
function refuseMalformed(error: Error & { code?: string }, socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
  refuseUpgrade(socket, { status: statuses[error.code ?? ''] ?? 400, text: 'this is not a valid request' });
}

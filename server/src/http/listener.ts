/** The HTTP side: guard, REST, tRPC, WebSocket, dashboard, health. Serves `Services`; knows nothing behind them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ShopyardError, type Services } from '@shopyard/contracts';
import { appRouter, type AppRouter } from '@shopyard/contracts/router';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import fastify from 'fastify';
import type { Logger } from 'pino';
import { errorReplyOf } from './error-reply.ts';
import { type HealthOptions, registerHealth } from './health.ts';
import { storeNameOf } from './host.ts';
import { contextOf } from './request-context.ts';
import { refusalOf } from './request-guard.ts';
import { registerRest } from './rest.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { registerStaticClient } from './static-client.ts';
import { proxyRequest, type StoreDoor } from './store-proxy.ts';
import { listenForWebSockets } from './websocket.ts';

const BODY_LIMIT = 64 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** A connection that has not sent a request's headers by then is closed. */
const HEADERS_TIMEOUT_MS = 10_000;
const CHECK_MS = 2000;

export interface ListenerOptions {
  host: string;
  port: number;
  services: Services;
  health: HealthOptions;
  clientDir: string;
  door: StoreDoor;
  log: Logger;
}

export interface Listener {
  port: number;
  close(): Promise<void>;
}

export async function listen({
  host,
  port,
  services,
  health,
  clientDir,
  door,
  log,
}: ListenerOptions): Promise<Listener> {
  const app = fastify({
    serverFactory: (handler, options) =>
      createServer(
        { ...options, headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_MS },
        (req, res) => {
          if (storeNameOf(req.headers.host) === undefined) handler(req, res);
          else proxyRequest(door, req, res);
        },
      ),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
  });
  app.addHook('onRequest', async (request, reply) => {
    // Files of the dashboard, and whoever knows better, replace some of these.
    void reply.headers({ ...SECURITY_HEADERS, 'Cache-Control': 'no-store' });
    const refusal = refusalOf(request.headers, host);
    if (refusal) throw new ShopyardError('forbidden', refusal);
  });
  app.setErrorHandler((error, request, reply) => {
    const { status, body } = errorReplyOf(error);
    if (status >= 500) log.error({ error, method: request.method, url: request.url }, 'request failed');
    return reply.status(status).send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    const { status, body } = errorReplyOf(
      new ShopyardError('not_found', `there is no ${request.method} ${request.url.slice(0, 200)}`),
    );
    return reply.status(status).send(body);
  });

  registerHealth(app, health);
  await app.register((scope, _options, done) => {
    registerRest(scope, services);
    done();
  });
  await app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req }) => contextOf(services, req.headers),
      onError: ({ error, path }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') log.error({ error, path }, 'procedure failed');
      },
    } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions'],
  });
  await registerStaticClient(app, clientDir);

  await app.listen({ host, port });
  const sockets = listenForWebSockets({ server: app.server, services, host, door });
  return {
    port: (app.server.address() as AddressInfo).port,
    async close() {
      await sockets.close();
      await app.close();
    },
  };
}

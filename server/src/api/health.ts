/** `/healthz`: the process is alive. `/readyz`: it can do its work. `/metrics`: for Prometheus. */
import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import type { Registry } from 'prom-client';
import { SECURITY_HEADERS } from '../kit/security-headers.ts';

export interface HealthOptions {
  /** Reasons why the server is not ready, one sentence each; empty if it is. */
  unready: () => Promise<string[]>;
  metrics: Registry;
}

/** Open to everybody who reaches the port: probes send the machine's address as Host and know no secret. */
export const OPEN_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** `showsDetails`: whether `/readyz` lists what is missing, which reveals the cluster's state; the status is public. */
export function registerHealth(app: FastifyInstance, { unready }: HealthOptions, showsDetails: () => boolean): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const missing = await unready();
    const ready = missing.length === 0;
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', ...(showsDetails() ? { missing } : {}) });
  });
}

export function registerMetrics(app: FastifyInstance, { metrics }: HealthOptions): void {
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
}

/** Serves only health and metrics, on all interfaces. Returns a function to close it. Rejects if the port is taken. */
export async function listenForHealth(port: number, health: HealthOptions): Promise<() => Promise<void>> {
  const app = fastify({ forceCloseConnections: true, requestTimeout: 10_000 });
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({ ...SECURITY_HEADERS, 'Cache-Control': 'no-store' });
  });
  registerHealth(app, health, () => true);
  registerMetrics(app, health);
  await app.ready();
  // Without a host, Node listens on IPv6 and IPv4, or only on IPv4 where there is no IPv6.
  app.server.listen(port);
  await once(app.server, 'listening');
  return async () => {
    app.server.close();
    app.server.closeAllConnections();
    await app.close();
  };
}

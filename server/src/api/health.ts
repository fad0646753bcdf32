/** `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: for Prometheus. */
import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import type { Registry } from 'prom-client';
import { SECURITY_HEADERS } from '../kit/security-headers.ts';

export interface HealthOptions {
  /** What is missing, one sentence each; none when ready. */
  unready: () => Promise<string[]>;
  metrics: Registry;
}

/** Probes name the machine's address as Host and know no secret, so whoever reaches the port may ask. */
export const OPEN_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/** `details`: whether `/readyz` says what is missing, which names the cluster and its trouble; its status is for everybody. */
export function registerHealth(
  app: FastifyInstance,
  { unready }: HealthOptions,
  { details }: { details: boolean },
): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const missing = await unready();
    const ready = missing.length === 0;
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', ...(details ? { missing } : {}) });
  });
}

export function registerMetrics(app: FastifyInstance, { metrics }: HealthOptions): void {
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
}

/** Serves health and metrics alone, on all interfaces; the result closes it. Rejects when the port is taken. */
export async function listenForHealth(port: number, health: HealthOptions): Promise<() => Promise<void>> {
  const app = fastify({ forceCloseConnections: true, requestTimeout: 10_000 });
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({ ...SECURITY_HEADERS, 'Cache-Control': 'no-store' });
  });
  registerHealth(app, health, { details: true });
  registerMetrics(app, health);
  await app.ready();
  // Without a host Node takes IPv6 and IPv4, or IPv4 alone where there is no other.
  app.server.listen(port);
  await once(app.server, 'listening');
  return async () => {
    app.server.close();
    app.server.closeAllConnections();
    await app.close();
  };
}

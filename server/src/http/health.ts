/** `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: for Prometheus. */
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

export interface HealthOptions {
  /** What is missing, one sentence each; none when ready. */
  unready: () => Promise<string[]>;
  metrics: Registry;
}

export function registerHealth(app: FastifyInstance, { unready, metrics }: HealthOptions): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const missing = await unready();
    return reply
      .status(missing.length === 0 ? 200 : 503)
      .send({ status: missing.length === 0 ? 'ready' : 'not ready', missing });
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
}

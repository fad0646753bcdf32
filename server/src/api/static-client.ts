/**
 * Serves the built dashboard, compressed by its build. Its assets have hashed names and may be cached forever; its page may
 * not.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { DASHBOARD_POLICY } from '../kit/security-headers.ts';

export async function registerStaticClient(app: FastifyInstance, dir: string): Promise<void> {
  if (!existsSync(join(dir, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: dir,
    preCompressed: true,
    setHeaders(reply, path) {
      const immutable = path.includes('/assets/');
      void reply.header('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      void reply.header('Content-Security-Policy', DASHBOARD_POLICY);
    },
  });
}

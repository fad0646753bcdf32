/** Serves REST: one route per row of the table, through the same router and checks as tRPC. */
import { appRouter, REST_ROUTES } from '@shopyard/contracts/router';
import { callTRPCProcedure } from '@trpc/server';
import type { FastifyInstance } from 'fastify';
import { acceptJson } from './json-body.ts';
import { createOpenApiDocument } from './openapi.ts';
import { contextOf, type ContextSource } from './request-context.ts';

export function registerRest(app: FastifyInstance, source: ContextSource): void {
  acceptJson(app);
  for (const [procedure, { type, method, path, status }] of Object.entries(REST_ROUTES)) {
    app.route<{ Querystring: Record<string, string>; Params: Record<string, string> }>({
      method,
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      async handler(request, reply) {
        const input = inputOf(request.body, { ...request.query, ...request.params });
        const result: unknown = await callTRPCProcedure({
          router: appRouter,
          path: procedure,
          type,
          getRawInput: () => Promise.resolve(input),
          ctx: await contextOf(request.raw, source),
          signal: undefined,
          batchIndex: 0,
        });
        return reply.status(status).header('Cache-Control', 'no-store').send(result);
      },
    });
  }
  let document: object | undefined;
  app.get('/openapi.json', () => (document ??= createOpenApiDocument()));
}

/** Merges body and parameters into one object. Passes any other body on for the schema to reject. */
function inputOf(body: unknown, parameters: object): unknown {
  if (body === undefined || body === null) return parameters;
  return typeof body === 'object' && !Array.isArray(body) ? { ...body, ...parameters } : body;
}

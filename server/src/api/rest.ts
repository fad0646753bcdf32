/** Serves REST: one route per procedure that declares a path, through the same router and checks as tRPC. */
import { ShopyardError } from '@shopyard/contracts';
import { appRouter } from '@shopyard/contracts/router';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './openapi.ts';
import { contextOf, type ContextSource } from './request-context.ts';
import { restRoutes } from './rest-routes.ts';

const createCaller = appRouter.createCaller;

export function registerRest(app: FastifyInstance, source: ContextSource): void {
  // Accepts any content type with a JSON body, because `curl -d` sends that of a form.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(body as string));
    } catch (error) {
      done(new ShopyardError('validation_failed', `the body is not JSON: ${(error as Error).message}`));
    }
  });

  for (const { method, path, procedure, accepted } of restRoutes(appRouter)) {
    app.route({
      method,
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      async handler(request, reply) {
        const input = inputOf(request.body, { ...(request.query as object), ...(request.params as object) });
        const caller = createCaller(contextOf(request.raw, source));
        const [namespace = '', name = ''] = procedure.split('.');
        const procedures = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[
          namespace
        ];
        return reply
          .status(accepted ? 202 : 200)
          .header('Cache-Control', 'no-store')
          .send(await procedures?.[name]?.(input));
      },
    });
  }
  app.get('/openapi.json', () => openApiDocument());
}

/** Merges body and parameters into one object. Passes any other body on for the schema to reject. */
function inputOf(body: unknown, parameters: object): unknown {
  if (body === undefined || body === null) return parameters;
  return typeof body === 'object' && !Array.isArray(body) ? { ...body, ...parameters } : body;
}

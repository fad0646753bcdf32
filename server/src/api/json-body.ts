import { ShopyardError } from '@shopyard/contracts';
import type { FastifyInstance } from 'fastify';

/** Accepts any content type with a JSON body, because `curl -d` sends that of a form. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(body));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      done(new ShopyardError('validation_failed', `the body is not JSON: ${why}`));
    }
  });
}

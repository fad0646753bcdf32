/** OpenAPI document of the REST API. */
import { ERROR_CODES } from '@shopyard/contracts';
import { appRouter } from '@shopyard/contracts/router';
import { generateOpenApiDocument } from 'trpc-to-openapi';

interface Operation {
  responses: Record<string, { description?: string } | undefined>;
  parameters?: unknown[];
}

const ERROR = {
  description: 'The request was refused or failed. The message says what to change.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['code', 'message'],
            properties: {
              code: { type: 'string', enum: ERROR_CODES },
              message: { type: 'string' },
              issues: {
                type: 'array',
                items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
  },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Repeating a create with the same key returns the store that the first one created.',
  schema: { type: 'string', maxLength: 200 },
};

let document: object | undefined;

/** Built once. Adds what the generator doesn't know: status 202 for accepted calls, and our error format. */
export function openApiDocument(): object {
  if (document) return document;
  const generated = generateOpenApiDocument(appRouter, { title: 'Shopyard', version: '1', baseUrl: '/' });
  for (const item of Object.values(generated.paths ?? {})) {
    for (const operation of Object.values(item as Record<string, Operation>)) {
      const success = operation.responses['200'];
      const status = success?.description === 'Accepted' ? '202' : '200';
      operation.responses = { [status]: success, default: ERROR };
    }
  }
  const create = (generated.paths?.['/stores'] as { post?: Operation } | undefined)?.post;
  if (create) create.parameters = [...(create.parameters ?? []), IDEMPOTENCY_KEY];
  return (document = generated);
}

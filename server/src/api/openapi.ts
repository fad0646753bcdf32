/** OpenAPI document of the REST API. */
import { ERROR_CODES } from '@shopyard/contracts';
import { appRouter, REST_ROUTES } from '@shopyard/contracts/router';
import { generateOpenApiDocument } from 'trpc-to-openapi';

const ERROR = {
  description: 'The request was refused or failed. The message says what to change.',
  content: {
    'application/json': {
      schema: {
        type: 'object' as const,
        required: ['error'],
        properties: {
          error: {
            type: 'object' as const,
            required: ['code', 'message'],
            properties: {
              code: { type: 'string' as const, enum: [...ERROR_CODES] },
              message: { type: 'string' as const },
              issues: {
                type: 'array' as const,
                items: {
                  type: 'object' as const,
                  properties: {
                    field: { type: 'string' as const },
                    path: { type: 'array' as const, items: { type: 'string' as const } },
                    message: { type: 'string' as const },
                  },
                },
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
  in: 'header' as const,
  description: 'Repeating a create with the same key returns the store that the first one created.',
  schema: { type: 'string' as const, maxLength: 200 },
};

/** Adds what the generator doesn't know: status 202 for accepted calls, and our error format. */
export function createOpenApiDocument(): object {
  const document = generateOpenApiDocument(appRouter, { title: 'Shopyard', version: '1', baseUrl: '/' });
  for (const { method, path, status } of Object.values(REST_ROUTES)) {
    const operation = document.paths?.[path]?.[METHOD_KEY[method]];
    if (operation) operation.responses = { [status]: operation.responses?.['200'], default: ERROR };
  }
  const create = document.paths?.[REST_ROUTES['stores.create'].path]?.post;
  if (create) create.parameters = [...(create.parameters ?? []), IDEMPOTENCY_KEY];
  return document;
}

const METHOD_KEY = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

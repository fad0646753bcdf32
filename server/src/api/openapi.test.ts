import { REST_ROUTES } from '@shopyard/contracts/router';
import { expect, test } from 'vitest';
import { createOpenApiDocument } from './openapi.ts';

test('describes each route of the table under the name of its procedure, and nothing else', () => {
  const { paths } = createOpenApiDocument() as {
    paths: Record<string, Record<string, { operationId: string; summary: string; responses: object }>>;
  };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, summary, responses }]) => {
      const status = Object.keys(responses).filter((key) => key !== 'default');
      return [operationId, method.toUpperCase(), path, summary, ...status.map(Number)];
    }),
  );
  const routes = Object.entries(REST_ROUTES).map(([procedure, { method, path, summary, status }]) => [
    procedure.replace('.', '-'),
    method,
    path,
    summary,
    status,
  ]);
  expect(new Set(described)).toEqual(new Set(routes));
});

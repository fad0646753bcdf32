/** REST from outside: responses, errors that name the remedy, and a server that stays up. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerProcess, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const dir = temporaryDir();
let server: ServerProcess;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path });
});

afterAll(async () => {
  await server.stop();
  dir[Symbol.dispose]();
});

interface Answer {
  status: number;
  body: { error: { code: string; message: string }; [field: string]: unknown };
}

async function call(
  method: string,
  path: string,
  init: { body?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(server.url + path, { method, ...init });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

test('creates a store as curl requests it, then gets, lists and deletes it', async () => {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const created = await call('POST', '/stores', { body: '{"name":"rest"}', headers });
  expect(created).toMatchObject({ status: 202, body: { name: 'rest', engine: 'woocommerce', phase: 'Queued' } });
  const id = created.body['id'] as string;
  await expect.poll(async () => (await call('GET', `/stores/${id}`)).body['phase'], { timeout: 30_000 }).toBe('Ready');

  const list = await call('GET', '/stores');
  expect(list.body['stores']).toEqual([
    expect.objectContaining({
      id,
      name: 'rest',
      createdAt: expect.any(String) as string,
      readyAt: expect.any(String) as string,
    }),
  ]);
  expect((await call('GET', '/stores?limit=1')).body).toEqual(list.body);
  const next = new URLSearchParams({ cursor: `2026-01-01T00:00:00.000Z~${id}` });
  expect((await call('GET', `/stores?${next.toString()}`)).body).toEqual({ stores: [] });
  expect(await call('GET', '/stores?limit=0')).toMatchObject({
    status: 400,
    body: { error: { message: 'limit: must be a whole number from 1 to 1000' } },
  });
  expect(await call('GET', '/stores?cursor=2')).toMatchObject({
    status: 400,
    body: { error: { message: 'cursor: send `next` of the previous page, unchanged' } },
  });
  expect((await call('GET', `/stores/${id}/timeline`)).body['timeline']).toContainEqual(
    expect.objectContaining({ kind: 'call', what: 'create' }),
  );

  const login = await call('POST', `/stores/${id}/credentials`);
  expect(login).toMatchObject({
    status: 200,
    body: {
      username: expect.stringMatching(/^admin-[a-z0-9]{4}$/) as string,
      adminUrl: expect.stringContaining('/wp-admin/') as string,
    },
  });
  const { password } = login.body as unknown as { password: string };
  expect(password).toMatch(/^[A-Za-z0-9]{24}$/);
  expect((await call('POST', `/stores/${id}/credentials`)).body['password']).toBe(password);
  const timeline = (await call('GET', `/stores/${id}/timeline`)).body['timeline'] as { what: string }[];
  expect(timeline.filter(({ what }) => what === 'credentials')).toHaveLength(2);

  const to = 'edit.php?post_type=product';
  const link = await call('POST', `/stores/${id}/login-link`, { body: JSON.stringify({ to }) });
  expect(link).toMatchObject({ status: 200, body: { expiresAt: expect.any(String) as string } });
  expect(link.body['url']).toMatch(
    /^http:\/\/rest\.localhost:\d+\/wp-login\.php\?shopyard-sign-in-token=[\w-]+\.[\w-]+$/,
  );
  const remaining = Date.parse(link.body['expiresAt'] as string) - Date.now();
  expect(remaining).toBeGreaterThan(50_000);
  expect(remaining).toBeLessThan(61_000);
  expect((await call('POST', `/stores/${id}/login-link`)).status).toBe(200);
  const links = (await call('GET', `/stores/${id}/timeline`)).body['timeline'] as { what: string; message: string }[];
  expect(links.filter(({ what }) => what === 'login-link').map(({ message }) => message)).toEqual([to, '']);
  expect(await call('POST', `/stores/${id}/login-link`, { body: '{"to":"//evil.example"}' })).toMatchObject({
    status: 400,
    body: { error: { code: 'validation_failed', message: expect.stringMatching(/^to: /) as string } },
  });
  const token = new URL(link.body['url'] as string).searchParams.get('shopyard-sign-in-token');
  const databases = ['shopyard.db', 'shopyard.db-wal'].map((file) => readFileSync(join(dir.path, file), 'latin1'));
  for (const text of [...databases, server.log()])
    for (const secret of [password, token]) expect(text).not.toContain(secret);

  expect(await call('DELETE', `/stores/${id}`)).toMatchObject({ status: 202, body: { phase: 'Deleting' } });
  await expect.poll(async () => (await call('GET', `/stores/${id}`)).status, { timeout: 30_000 }).toBe(404);
});

const long = 'x'.repeat(41);
test.each([
  { body: '{"name":"a"}', status: 400, code: 'validation_failed', message: /at least 2 characters/ },
  { body: `{"name":"${long}"}`, status: 400, code: 'validation_failed', message: /at most 40/ },
  { body: '{"name":"Upper"}', status: 400, code: 'validation_failed', message: /a-z, digits and hyphens/ },
  { body: '{"name":"a b"}', status: 400, code: 'validation_failed', message: /a-z, digits and hyphens/ },
  { body: '{"name":"-a"}', status: 400, code: 'validation_failed', message: /begin with/ },
  { body: '{"name":"a-"}', status: 400, code: 'validation_failed', message: /end with/ },
  { body: '{"name":"--set=x"}', status: 400, code: 'validation_failed', message: /begin with/ },
  { body: '{"name":"kube-system"}', status: 400, code: 'validation_failed', message: /reserved/ },
  { body: '{"name":7}', status: 400, code: 'validation_failed', message: /must be text/ },
  { body: '{"name":"fine","engine":"evershop"}', status: 400, code: 'validation_failed', message: /woocommerce/ },
  { body: '{"name":"fine","values":"x"}', status: 400, code: 'validation_failed', message: /values/ },
  { body: '{}', status: 400, code: 'validation_failed', message: /needs a name/ },
  { body: '', status: 400, code: 'validation_failed', message: /needs a name/ },
  { body: '[]', status: 400, code: 'validation_failed', message: /JSON object/ },
  { body: 'null', status: 400, code: 'validation_failed', message: /needs a name/ },
  { body: '{"name":', status: 400, code: 'validation_failed', message: /not JSON/ },
  { body: 'x'.repeat(2_000_000), status: 413, code: 'payload_too_large', message: /64 KiB/ },
])('POST /stores with $body fails with $status', async ({ body, status, code, message }) => {
  const answer = await call('POST', '/stores', { body });
  expect(answer).toMatchObject({ status, body: { error: { code } } });
  expect(answer.body.error.message).toMatch(message);
});

test.each([
  { method: 'GET', path: '/stores/nope', status: 404, code: 'not_found' },
  { method: 'DELETE', path: '/stores/nope', status: 404, code: 'not_found' },
  { method: 'POST', path: '/stores/nope/retry', status: 404, code: 'not_found' },
  { method: 'GET', path: '/stores/%2e%2e%2fetc', status: 404, code: 'not_found' },
  { method: 'PUT', path: '/stores', status: 404, code: 'not_found' },
  { method: 'GET', path: '/nowhere', status: 404, code: 'not_found' },
])('$method $path answers $status', async ({ method, path, status, code }) => {
  expect(await call(method, path)).toMatchObject({ status, body: { error: { code } } });
});

test('a page of another site can neither call the API nor reach it by DNS rebinding', async () => {
  const headers = { Origin: 'http://evil.example' };
  expect(await call('POST', '/stores', { body: '{"name":"evil"}', headers })).toMatchObject({
    status: 403,
    body: { error: { code: 'forbidden' } },
  });
  const { hostname, port } = new URL(server.url);
  const { request } = await import('node:http');
  const status = await new Promise((resolve) => {
    request({ hostname, port, path: '/stores', headers: { Host: 'evil.example' } }, (res) =>
      resolve(res.statusCode),
    ).end();
  });
  expect(status).toBe(403);
});

test('the OpenAPI document lists every call with its error schema', async () => {
  const { body } = await call('GET', '/openapi.json');
  const paths = body['paths'] as Record<string, Record<string, { responses: Record<string, unknown> }>>;
  expect(Object.keys(paths).toSorted()).toEqual([
    '/audit',
    '/me',
    '/me/confirmation',
    '/me/password',
    '/me/sessions',
    '/me/sessions/{id}',
    '/me/tokens',
    '/me/tokens/{id}',
    '/plans',
    '/plans/{planId}/apply',
    '/platform',
    '/platform/adopt',
    '/platform/adoptable',
    '/platform/chart',
    '/platform/overview',
    '/set-up-codes',
    '/sign-in-codes',
    '/stores',
    '/stores/{id}',
    '/stores/{id}/apply-now',
    '/stores/{id}/cancel',
    '/stores/{id}/credentials',
    '/stores/{id}/events',
    '/stores/{id}/expiry',
    '/stores/{id}/force-remove',
    '/stores/{id}/login-link',
    '/stores/{id}/mails',
    '/stores/{id}/release',
    '/stores/{id}/restart',
    '/stores/{id}/resume',
    '/stores/{id}/retry',
    '/stores/{id}/revisions',
    '/stores/{id}/revisions/compare',
    '/stores/{id}/rollback',
    '/stores/{id}/schedule',
    '/stores/{id}/suspend',
    '/stores/{id}/timeline',
    '/stores/{id}/values',
    '/stores/{id}/window',
    '/teams',
    '/teams/{id}',
    '/teams/{team}/members',
    '/teams/{team}/service-accounts',
    '/teams/{team}/service-accounts/{id}',
    '/teams/{team}/service-accounts/{id}/tokens',
    '/teams/{team}/service-accounts/{id}/tokens/{token}',
    '/users',
    '/users/{id}',
    '/users/{id}/invitation',
  ]);
  expect(Object.keys(paths['/stores']?.['post']?.responses ?? {})).toEqual(['202', 'default']);
});

test('the overview reads its hours from the query and names the allowed values', async () => {
  const { status, body } = await call('GET', '/platform/overview?hours=1');
  expect(status).toBe(200);
  const times = body['times'] as number[];
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(3550);
  expect(await call('GET', '/platform/overview?hours=0')).toMatchObject({
    status: 400,
    body: { error: { code: 'validation_failed', message: expect.stringContaining('hours') as string } },
  });
});

test('health, readiness and metrics still answer after all the requests above', async () => {
  expect((await call('GET', '/healthz')).status).toBe(200);
  await expect.poll(async () => (await call('GET', '/readyz')).status).toBe(200);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain('shopyard_watches_synced 1');
  expect(metrics).toMatch(/shopyard_helm_operation_seconds_count\{operation="upgrade"\} [1-9]/);
});

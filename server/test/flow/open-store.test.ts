/** Opening a store at its own address, without a port-forward by hand. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, connect } from '../support/api.ts';
import { type ServerProcess, startServerProcess, temporaryDir } from '../support/server-process.ts';
import { StoreRecorder } from '../support/store-recorder.ts';

const dir = temporaryDir();
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path, env: { SHOPYARD_SIMULATOR_SPEED: '0.2' } });
  api = connect(server.url);
  stores = new StoreRecorder(api);
  await stores.until('a snapshot', () => true);
});

afterAll(async () => {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

interface Answer {
  status: number;
  body: string;
}

function open(name: string, path = '/', method = 'GET'): Promise<Answer> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, method, headers: { Host: `${name}.localhost:${port}` } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

test('a waiting page that looks again, then the shop, then nothing', async () => {
  expect(await open('nobody')).toMatchObject({
    status: 404,
    body: expect.stringContaining('There is no store') as string,
  });

  const { id } = await api.trpc.stores.create.mutate({ name: 'alpha' });
  const early = await open('alpha');
  expect(early.status).toBe(503);
  expect(early.body).toContain('http-equiv="refresh"');

  await stores.phase('alpha', 'Ready');
  const shop = await open('alpha');
  expect(shop).toMatchObject({ status: 200, body: expect.stringContaining('Sample Mug') as string });
  expect((await open('alpha', '/nowhere')).status).toBe(404);
  const many = await Promise.all(Array.from({ length: 40 }, () => open('alpha', '/shop/')));
  expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));

  await api.trpc.stores.remove.mutate({ id });
  await stores.gone('alpha');
  expect((await open('alpha')).status).toBe(404);
});

test("a store's address never answers with the dashboard or the API", async () => {
  expect((await open('nobody', '/stores')).body).not.toContain('"stores"');
  expect((await open('nobody', '/')).body).not.toContain('<div id="root">');
});

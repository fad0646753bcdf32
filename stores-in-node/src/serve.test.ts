import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { get } from '../test/store-process.ts';
import { serveStore, type ServeOptions } from './serve.ts';
import type { StoreAnswer } from './store-request.ts';

interface Served {
  ask: (path: string) => Promise<number | undefined>;
  socket: string;
  server: Server;
  end: () => Promise<void>;
  release: () => void;
  /** URLs that PHP received, in order. */
  seen: string[];
  mostAtOnce: () => number;
  log: string[];
}

/** A slow PHP that fails on `/fail` and answers `/held` once released. */
async function serveSlowPhp(change: Partial<ServeOptions> = {}): Promise<Served> {
  const held = Promise.withResolvers<undefined>();
  const dir = mkdtempSync(join(tmpdir(), 'serve-'));
  const seen: string[] = [];
  const log: string[] = [];
  let atOnce = 0;
  let most = 0;
  const answer = async ({ url }: { url: string }): Promise<StoreAnswer> => {
    most = Math.max(most, (atOnce += 1));
    await sleep(10);
    atOnce -= 1;
    seen.push(url);
    if (url === '/fail') throw new Error('PHP ended');
    if (url === '/held') await held.promise;
    const page = { headers: { 'content-type': ['text/html'] }, bytes: new TextEncoder().encode('<p>No database</p>') };
    if (url === '/closed') return { status: 503, ...page, errors: [] };
    if (url === '/fatal') return { status: 500, ...page, errors: ['PHP Fatal error:  x'] };
    return { status: 200, headers: {}, bytes: new TextEncoder().encode(url), errors: [] };
  };
  const socket = join(dir, 's');
  const { server, end } = await serveStore({
    php: { request: answer, onLater: () => undefined },
    socket,
    log: (line) => log.push(line),
    files: () => Promise.resolve(undefined),
    onStuck: () => undefined,
    ...change,
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    ask: async (path) => (await get(socket, path)).status,
    socket,
    server,
    end,
    release: () => held.resolve(undefined),
    seen,
    mostAtOnce: () => most,
    log,
  };
}

test('answers one request at a time, continues after a failed one and logs its cause', async () => {
  const store = await serveSlowPhp();
  const paths = ['/one/', '/fail', '/two/', '/three/', '/four/'];
  expect(await Promise.all(paths.map(store.ask))).toEqual([200, 500, 200, 200, 200]);
  expect(store.mostAtOnce()).toBe(1);
  expect(store.seen.toSorted()).toEqual(paths.toSorted());
  expect(store.log).toContain('PHP Fatal error:  "GET /fail HTTP/1.1" has no answer: PHP ended');
});

test('logs each request in the combined format, and the cause of a 5xx', async () => {
  const store = await serveSlowPhp();
  for (const path of ['/closed', '/fatal', '/fail']) await store.ask(path);
  expect(store.log.map((line) => line.replace(/\[\d.*?\]/, '[]'))).toEqual([
    '[php:error] "GET /closed HTTP/1.1" failed with 503: No database',
    '127.0.0.1 - - [] "GET /closed HTTP/1.1" 503 18 "-" "-"',
    'PHP Fatal error:  x',
    '127.0.0.1 - - [] "GET /fatal HTTP/1.1" 500 18 "-" "-"',
    'PHP Fatal error:  "GET /fail HTTP/1.1" has no answer: PHP ended',
    '127.0.0.1 - - [] "GET /fail HTTP/1.1" 500 46 "-" "-"',
  ]);
});

test('runs cron in turn with the requests', async () => {
  const store = await serveSlowPhp({ times: { cronMs: 5 } });
  const statuses = await Promise.all(Array.from({ length: 30 }, (_, index) => store.ask(`/${index}/`)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(store.seen).toContain('/wp-cron.php?doing_wp_cron');
  expect(store.mostAtOnce()).toBe(1);
});

test('skips a request whose client disconnected before its turn', async () => {
  const store = await serveSlowPhp();
  const first = store.ask('/held');
  await expect.poll(() => store.seen).toEqual(['/held']);
  const arrived = once(store.server, 'request');
  const gone = request({ socketPath: store.socket, path: '/gone/' }).on('error', () => undefined);
  gone.end();
  const [, res] = (await arrived) as [IncomingMessage, ServerResponse];
  gone.destroy();
  await once(res, 'close');
  store.release();
  await first;
  expect(await store.ask('/last/')).toBe(200);
  expect(store.seen).toEqual(['/held', '/last/']);
});

test('logs a request over the time limit and ends the process', async () => {
  const stuck = Promise.withResolvers<undefined>();
  const store = await serveSlowPhp({ times: { longestMs: 50 }, onStuck: () => stuck.resolve(undefined) });
  store.ask('/held').catch(() => undefined);
  await stuck.promise;
  expect(store.log).toEqual(['PHP Fatal error:  "GET /held" takes longer than 0.05 s']);
});

test('answers the current request before it ends, and starts no other', async () => {
  const store = await serveSlowPhp({ times: { cronMs: 5 } });
  const first = store.ask('/held');
  await expect.poll(() => store.seen).toContain('/held');
  const arrived = once(store.server, 'request');
  const second = store.ask('/second/').then(
    () => 'answered',
    () => 'cut off',
  );
  await arrived;
  const before = store.seen.length;
  const ended = store.end();
  store.release();
  await ended;
  expect(await first).toBe(200);
  expect(await second).toBe('cut off');
  expect(store.seen).toHaveLength(before);
});

test('answers 413 to a request over 64 MiB without involving PHP', async () => {
  const store = await serveSlowPhp();
  const outgoing = request({ socketPath: store.socket, path: '/upload/', method: 'POST' });
  outgoing.on('error', () => undefined);
  const response = once(outgoing, 'response');
  outgoing.end(Buffer.alloc(66 * 1024 * 1024));
  const [{ statusCode }] = (await response) as [IncomingMessage];
  expect(statusCode).toBe(413);
  expect(store.seen).toEqual([]);
  outgoing.destroy();
});

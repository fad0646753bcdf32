/** Tests the reflector over real TCP against a minimal API server with realistic failures. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { createClock } from '../kit/clock.ts';
import { createKubeClient } from './client.ts';
import type { KubeObject } from './objects.ts';
import { Reflector } from './reflector.ts';

type Handler = (res: ServerResponse, query: URLSearchParams) => void;

interface Rig extends AsyncDisposable {
  /** Changes that the reflector reported: `+a`, `~a`, `-a`. */
  changes: string[];
  requests: string[];
  reflector: Reflector<KubeObject, string>;
  errors: string[];
  until(what: () => boolean): Promise<void>;
}

/** Each handler answers one request, in order; the last one answers all the rest. */
async function rig(...handlers: Handler[]): Promise<Rig> {
  const requests: string[] = [];
  const changes: string[] = [];
  const errors: string[] = [];
  const server = createServer((req: IncomingMessage, res) => {
    const query = new URL(req.url ?? '', 'http://x').searchParams;
    requests.push(
      query.get('watch') ? `watch ${query.get('resourceVersion') ?? ''}` : `list ${query.get('continue') ?? ''}`.trim(),
    );
    handlers[Math.min(requests.length, handlers.length) - 1]?.(res, query);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const config = new KubeConfig();
  const cluster = {
    name: 'c',
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    skipTLSVerify: true,
  };
  config.loadFromClusterAndUser(cluster, { name: 'u' });
  const reflector = new Reflector<KubeObject, string>({
    clock: createClock(),
    client: createKubeClient({ config, reload: () => false }),
    path: '/api/v1/pods',
    project: ({ metadata }) => metadata.name,
    onChange: ({ previous, next }) =>
      changes.push(previous && next ? `~${next}` : next ? `+${next}` : `-${previous ?? ''}`),
    onHealth: () => undefined,
    onError: (error) => errors.push((error as Error).message),
    silenceMs: 1500,
  });
  reflector.start();
  return {
    changes,
    requests,
    reflector,
    errors,
    until: (what) => expect.poll(what, { timeout: 10_000, interval: 10 }).toBe(true),
    async [Symbol.asyncDispose]() {
      await reflector.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

const object = (name: string, version: number): KubeObject => ({
  metadata: { name, uid: name, resourceVersion: String(version) },
});
const list =
  (version: number, names: string[], more = ''): Handler =>
  (res) =>
    void res.end(
      JSON.stringify({
        metadata: { resourceVersion: String(version), ...(more ? { continue: more } : {}) },
        items: names.map((name) => object(name, version)),
      }),
    );
const line = (type: string, body: unknown): string => `${JSON.stringify({ type, object: body })}\n`;
/** A watch that sends these events and stays open. */
const open =
  (...lines: string[]): Handler =>
  (res) => {
    res.writeHead(200);
    res.write(lines.join(''));
  };
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (res) =>
    void res.writeHead(code, headers).end(JSON.stringify({ kind: 'Status', code, message: `code ${code}` }));
const hold = open();

test('lists in pages, then watches from the version of the list', async () => {
  await using run = await rig(
    list(5, ['a'], 'next'),
    list(5, ['b']),
    open(line('MODIFIED', object('a', 6)), line('DELETED', object('b', 7))),
  );
  await run.until(() => run.changes.length === 4);
  expect(run.changes).toEqual(['+a', '+b', '~a', '-b']);
  expect(run.requests).toEqual(['list', 'list next', 'watch 5']);
  expect(run.reflector.synced).toBe(true);
  expect(run.reflector.staleSince).toBeUndefined();
});

test('resumes an ended watch from the last version seen, including bookmarks', async () => {
  await using run = await rig(
    list(5, []),
    (res) => void res.end(line('ADDED', object('a', 6)) + line('BOOKMARK', object('', 9))),
    hold,
  );
  await run.until(() => run.requests.length === 3);
  expect(run.requests).toEqual(['list', 'watch 5', 'watch 9']);
});

test.each<{ name: string; gone: Handler }>([
  { name: 'as a status', gone: status(410) },
  {
    name: 'in the stream',
    gone: open(line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' })),
  },
])('410 $name relists and reports the differences', async ({ gone }) => {
  await using run = await rig(list(5, ['a', 'b']), gone, list(20, ['b', 'c']), hold);
  await run.until(() => run.requests.length === 4);
  expect(run.changes).toEqual(['+a', '+b', '~b', '+c', '-a']);
  expect(run.requests.at(-1)).toBe('watch 20');
});

test.each<{ name: string; failure: Handler }>([
  { name: 'a 500 for the list', failure: status(500) },
  { name: 'a 503', failure: status(503) },
  { name: 'a connection reset', failure: (res) => res.destroy() },
  { name: 'an answer that is not JSON', failure: (res) => void res.end('<html>') },
])('recovers from $name', async ({ failure }) => {
  await using run = await rig(failure, list(5, ['a']), hold);
  await run.until(() => run.requests.length === 3);
  expect(run.changes).toEqual(['+a']);
  expect(run.errors).toHaveLength(1);
});

test('a stream cut in the middle of a line loses nothing', async () => {
  const added = line('ADDED', object('b', 6));
  await using run = await rig(
    list(5, ['a']),
    (res) => {
      res.writeHead(200);
      res.write(line('MODIFIED', object('a', 6)) + added.slice(0, 20));
      setTimeout(() => res.destroy(), 30);
    },
    open(line('ADDED', object('b', 7))),
  );
  await run.until(() => run.changes.includes('+b'));
  expect(run.requests).toEqual(['list', 'watch 5', 'watch 6']);
});

test('reports since when it is disconnected, and clears that on recovery', async () => {
  let up = false;
  await using run = await rig(
    list(5, ['a']),
    (res) => res.destroy(),
    (res, query) => (up ? hold : status(503))(res, query),
  );
  await run.until(() => run.reflector.staleSince !== undefined && run.errors.length > 1);
  up = true;
  await run.until(() => run.reflector.staleSince === undefined);
  expect(run.reflector.synced).toBe(true);
});

test('respects Retry-After', async () => {
  const times: number[] = [];
  await using run = await rig(
    (res, query) => {
      times.push(performance.now());
      status(429, { 'Retry-After': '1' })(res, query);
    },
    (res, query) => {
      times.push(performance.now());
      list(5, [])(res, query);
    },
    hold,
  );
  await run.until(() => times.length === 2);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
});

test('restarts a watch that never begins or goes silent', async () => {
  await using run = await rig(
    list(5, []),
    () => undefined,
    (res) => {
      res.writeHead(200).flushHeaders();
    },
    hold,
  );
  await run.until(() => run.requests.length >= 4);
  expect(run.requests.slice(0, 4)).toEqual(['list', 'watch 5', 'watch 5', 'watch 5']);
  expect(run.errors).toHaveLength(2);
});

test('backs off from a server that ends every watch at once', async () => {
  await using run = await rig(list(5, []), (res) => void res.writeHead(200).end());
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(run.requests.length).toBeLessThan(8);
});

test('reports a handler that throws and still delivers the next event', async () => {
  const changes: string[] = [];
  await using run = await rig(list(5, ['bad', 'good']), hold);
  await run.until(() => run.changes.length === 2);
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'c', server: 'http://127.0.0.1:9', skipTLSVerify: true }, { name: 'u' });
  const errors: unknown[] = [];
  const client = createKubeClient({ config, reload: () => false });
  const reflector = new Reflector<KubeObject, string>({
    clock: createClock(),
    client: {
      ...client,
      json: <T>() =>
        Promise.resolve({ metadata: { resourceVersion: '1' }, items: [object('bad', 1), object('good', 1)] } as T),
    },
    path: '/x',
    project: ({ metadata }) => metadata.name,
    onChange({ next }) {
      if (next === 'bad') throw new Error('handler');
      changes.push(next ?? '');
    },
    onHealth: () => undefined,
    onError: (error) => errors.push(error),
  });
  reflector.start();
  await expect.poll(() => changes).toEqual(['good']);
  await reflector.close();
  expect((errors[0] as Error).message).toBe('handler');
});

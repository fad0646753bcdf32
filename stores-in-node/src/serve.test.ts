import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PHPRequestHandler, PHPResponse } from '@php-wasm/universal';
import { afterAll, expect, test } from 'vitest';
import { serveStore } from './serve.ts';

const dir = mkdtempSync(join(tmpdir(), 'serve-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** PHP that takes a moment, and fails when it is asked for `/fail`. */
function slowPhp(): { handler: PHPRequestHandler; seen: string[]; mostAtOnce: () => number } {
  const seen: string[] = [];
  let atOnce = 0;
  let most = 0;
  const answer = async ({ url }: { url: string }): Promise<PHPResponse> => {
    most = Math.max(most, (atOnce += 1));
    await sleep(10);
    atOnce -= 1;
    seen.push(url);
    if (url === '/fail') throw new Error('PHP ended');
    return new PHPResponse(200, {}, new TextEncoder().encode(url));
  };
  const handler = { request: answer, getPrimaryPhp: () => Promise.reject(new Error('none')) };
  return { handler: handler as unknown as PHPRequestHandler, seen, mostAtOnce: () => most };
}

function get(socketPath: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    })
      .once('error', reject)
      .end();
  });
}

test('answers one request at a time, and goes on after one that failed', async () => {
  const { handler, seen, mostAtOnce } = slowPhp();
  const socket = join(dir, 's');
  const server = await serveStore(handler, { socket, log: () => undefined, scripts: join(dir, 'scripts') });
  const paths = ['/one/', '/fail', '/two/', '/three/', '/four/'];
  const statuses = await Promise.all(paths.map((path) => get(socket, path)));
  server.close();
  expect(statuses).toEqual([200, 500, 200, 200, 200]);
  expect(mostAtOnce()).toBe(1);
  expect(seen.toSorted()).toEqual(paths.toSorted());
});

/** Downloads from a test server that breaks off, lies or goes silent. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { download, type Source } from './download.ts';

const CONTENT = Buffer.alloc(300_000, 'WordPress ');
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

interface Mirror {
  source: Source;
  file: string;
  ranges: (string | undefined)[];
}

async function mirror(serve: (req: IncomingMessage, res: ServerResponse) => void, published = SHA256): Promise<Mirror> {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-download-'));
  const ranges: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    if (req.url?.endsWith('.sha256')) return void res.end(`${published}  code.zip\n`);
    ranges.push(req.headers.range);
    serve(req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(dir, { recursive: true });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/code.zip`;
  return {
    source: { url, sha256: { url: `${url}.sha256` } },
    file: join(dir, 'cache/code.zip'),
    ranges,
  };
}

const options = { patienceMs: 1000, onProgress: () => undefined };

function serveRange(req: IncomingMessage, res: ServerResponse): void {
  const from = Number(/bytes=(\d+)-/.exec(req.headers.range ?? '')?.[1] ?? 0);
  const rest = CONTENT.subarray(from);
  res.writeHead(from > 0 ? 206 : 200, { 'Content-Length': rest.length }).end(rest);
}

test('keeps a file with the published checksum', async () => {
  const { source, file } = await mirror(serveRange);
  const seen: number[] = [];
  await download(source, file, { ...options, onProgress: (done, total) => seen.push(done / (total ?? 1)) });
  expect(readFileSync(file).equals(CONTENT)).toBe(true);
  expect(seen.at(-1)).toBe(1);
  expect(existsSync(`${file}.part`)).toBe(false);
});

test('resumes an interrupted download', async () => {
  let times = 0;
  const { source, file, ranges } = await mirror((req, res) => {
    if (times++ > 0) return serveRange(req, res);
    res.writeHead(200, { 'Content-Length': CONTENT.length });
    res.write(CONTENT.subarray(0, 100_000), () => setTimeout(() => res.destroy(), 50));
  });
  await expect(download(source, file, options)).rejects.toThrow(/terminated|ended after/);
  const had = statSync(`${file}.part`).size;
  expect(had).toBeGreaterThan(0);
  await download(source, file, options);
  expect(ranges).toEqual([undefined, `bytes=${had}-`]);
  expect(readFileSync(file).equals(CONTENT)).toBe(true);
});

test('removes a file with a checksum other than the published one, and names both', async () => {
  const { source, file } = await mirror(serveRange, 'ab'.repeat(32));
  await expect(download(source, file, options)).rejects.toThrow(new RegExp(`sha256 ${SHA256}, expected (ab){32}$`));
  expect(existsSync(file) || existsSync(`${file}.part`)).toBe(false);
});

test('trusts a pinned checksum rather than the published one', async () => {
  const { source, file } = await mirror(serveRange);
  await expect(download({ ...source, sha256: 'cd'.repeat(32) }, file, options)).rejects.toThrow(/expected (cd){32}$/);
  expect(existsSync(file) || existsSync(`${file}.part`)).toBe(false);
  await download({ ...source, sha256: SHA256 }, file, options);
  expect(readFileSync(file).equals(CONTENT)).toBe(true);
});

test('rejects a published checksum that is not a SHA-256', async () => {
  const { source, file } = await mirror(serveRange, '<html>not found</html>');
  await expect(download(source, file, options)).rejects.toThrow(/code\.zip\.sha256 holds no SHA-256/);
  expect(existsSync(file)).toBe(false);
});

test.each<{ what: string; serve: (res: ServerResponse) => void; message: RegExp }>([
  { what: 'refuses', serve: (res) => void res.writeHead(404).end(), message: /code\.zip can't be had: it answers 404/ },
  { what: 'never answers', serve: () => undefined, message: /can't be had: no answer/ },
  {
    what: 'sends only headers',
    serve: (res) => res.writeHead(200, { 'Content-Length': 9 }).flushHeaders(),
    message: /stopped sending/,
  },
  {
    what: 'goes silent',
    serve: (res) => void res.writeHead(200, { 'Content-Length': 9 }).write('a'),
    message: /stopped sending/,
  },
])('gives up on a server that $what, in one sentence', async ({ serve, message }) => {
  const { source, file } = await mirror((_req, res) => serve(res));
  await expect(download(source, file, options)).rejects.toThrow(message);
  expect(existsSync(file)).toBe(false);
});

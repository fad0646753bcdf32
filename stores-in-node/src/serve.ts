/** A store over HTTP, on a Unix socket: no page and no other user can reach it. One request after the other: PHP has one thread. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { PHPRequest, PHPRequestHandler, PHPResponse } from '@php-wasm/universal';
import { isPrivate } from './private-path.ts';
import { keepScripts } from './scripts.ts';

/** WordPress's due tasks, such as scheduled sales: no customer has to wait for them. */
const CRON = '/wp-cron.php?doing_wp_cron';
const CRON_MS = 60_000;
/** Of requests: then it can be looked at which scripts they took. */
const QUIET_MS = 200;
const MAX_BODY = 64 * 1024 * 1024;
/** Of the previous hop, or set by this one. */
const NOT_PASSED = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive']);

export interface ServeOptions {
  /** Path of the Unix socket. */
  socket: string;
  log: (line: string) => void;
  /** Where the list of its scripts is kept. */
  scripts: string;
}

/** Resolves once it answers. */
export async function serveStore(handler: PHPRequestHandler, { socket, log, scripts }: ServeOptions): Promise<Server> {
  let quiet: NodeJS.Timeout | undefined;
  const keep = (): void =>
    void handler
      .getPrimaryPhp()
      .then((php) => keepScripts(php, scripts))
      .catch(() => undefined);
  const ask = inTurn((request: PHPRequest) => handler.request(request));
  const server = createServer((req, res) => {
    answer(ask, req, res).then(
      ({ status, bytes, errors }) => {
        for (const line of errors) log(line);
        clearTimeout(quiet);
        quiet = setTimeout(keep, QUIET_MS);
        log(
          `127.0.0.1 - - [${clfTime(new Date())}] "${req.method} ${req.url} HTTP/${req.httpVersion}" ${status} ${bytes}`,
        );
      },
      (error: unknown) => {
        log(`PHP Fatal error:  ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
        if (!res.headersSent) res.writeHead(500, { 'Content-Type': 'text/plain' });
        res.end('The store could not answer: its log says why.\n');
      },
    );
  });
  const cron = setInterval(() => void ask({ url: CRON }).catch(() => undefined), CRON_MS);
  server.once('close', () => clearInterval(cron));
  server.listen(socket);
  await once(server, 'listening');
  return server;
}

type Ask = (request: PHPRequest) => Promise<PHPResponse>;

/** Calls begin when those before them have ended: there is one PHP, and it could fail to answer two at once. */
function inTurn<Input, Output>(work: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  let last: Promise<unknown> = Promise.resolve();
  return (input) => {
    const done = last.then(() => work(input));
    last = done.catch(() => undefined);
    return done;
  };
}

interface Answered {
  status: number;
  bytes: number;
  /** What PHP complained of. */
  errors: string[];
}

async function answer(ask: Ask, req: IncomingMessage, res: ServerResponse): Promise<Answered> {
  if (isPrivate(req.url ?? '/')) {
    res.writeHead(403, { 'Content-Type': 'text/plain' }).end('Forbidden\n');
    return { status: 403, bytes: 10, errors: [] };
  }
  const body = await bodyOf(req);
  const headers = Object.fromEntries(
    Object.entries(req.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const response = await ask({
    method: (req.method ?? 'GET') as 'GET',
    url: req.url ?? '/',
    headers,
    ...(body.length > 0 ? { body } : {}),
  });
  for (const [name, values] of Object.entries(response.headers))
    if (!NOT_PASSED.has(name.toLowerCase())) res.setHeader(name, values);
  res.writeHead(response.httpStatusCode);
  res.end(req.method === 'HEAD' ? undefined : response.bytes);
  const errors = response.errors.split('\n').filter((line) => line.trim() !== '');
  return { status: response.httpStatusCode, bytes: response.bytes.length, errors };
}

/** `24/Nov/2026:13:05:07 +0000`, as Apache writes it. */
function clfTime(at: Date): string {
  const [, day, month, year, time] = /(\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

async function bodyOf(req: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('the request is larger than 64 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

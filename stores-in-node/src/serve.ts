/** Serves a store on a Unix socket that no web page and no other user can reach. PHP handles one request at a time. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { accessLine, causeIn, requestLine, type Sent } from './access-log.ts';
import type { PhpThread } from './php-thread.ts';
import { isPrivate } from './private-path.ts';
import type { SharedFile } from './static-file.ts';
import type { StoreAnswer, StoreRequest } from './store-request.ts';

/** Runs WordPress's due tasks, such as scheduled sales, so that no customer waits for them. */
const CRON = '/wp-cron.php?doing_wp_cron';
const CRON_MS = 60_000;
/** A file of 64 MiB plus its form overhead. */
const MAX_BODY = 65 * 1024 * 1024;
/** Longer than any page takes on a busy machine. PHP itself has no time limit here. */
const LONGEST_MS = 600_000;
const UNANSWERED = 'The store could not answer. Its log says why.\n';
/** Headers that belong to the previous hop or are set here. */
const NOT_PASSED = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive']);

export interface ServeOptions {
  php: Pick<PhpThread, 'request' | 'onLater'>;
  /** Path of the Unix socket. */
  socket: string;
  log: (line: string) => void;
  files: SharedFile;
  /** Called when a request exceeds the time limit. */
  onStuck: () => void;
  times?: { longestMs?: number; cronMs?: number };
}

export interface Serving {
  server: Server;
  /** Accepts no more requests; resolves once pending ones are answered. */
  end: () => Promise<void>;
}

/** Resolves once it accepts requests. */
export async function serveStore(options: ServeOptions): Promise<Serving> {
  const { php, socket, log } = options;
  const { cronMs = CRON_MS } = options.times ?? {};
  const { ask, idle } = inTurn(options);
  const server = createServer((req, res) => {
    answer({ ask, files: options.files, server }, req, res).then(
      (sent) => {
        if (!sent) return;
        // PHP logs its own errors; a page that WordPress ends by itself, or its API, only says why.
        if (sent.status >= 500 && !sent.isLogged)
          log(`[php:error] "${requestLine(req)}" failed with ${sent.status}: ${causeIn(sent) || 'no cause was given'}`);
        log(accessLine(req, sent, new Date()));
      },
      (error: unknown) => {
        log(`PHP Fatal error:  "${requestLine(req)}" has no answer: ${firstLine(error)}`);
        if (!res.headersSent) res.writeHead(500, { 'Content-Type': 'text/plain' });
        res.end(UNANSWERED);
        log(accessLine(req, { status: res.statusCode, bytes: UNANSWERED }, new Date()));
      },
    );
  });
  const askAlone = (request: StoreRequest): void => {
    ask(request, () => server.listening).catch((error: unknown) =>
      log(`PHP Fatal error:  "${request.url}" has no answer: ${firstLine(error)}`),
    );
  };
  php.onLater(askAlone);
  const cron = setInterval(() => askAlone({ method: 'GET', url: CRON }), cronMs);
  server.once('close', () => clearInterval(cron));
  server.listen(socket);
  await once(server, 'listening');
  return {
    server,
    async end() {
      const closed = once(server, 'close');
      server.close();
      await Promise.all([closed, idle()]);
    },
  };
}

/** Undefined if nobody waits for the response any more. */
type Ask = (request: StoreRequest, isWanted?: () => boolean) => Promise<StoreAnswer | undefined>;

/** Serializes requests: there is one PHP, and it fails on two at once. */
function inTurn({ php, log, onStuck, times: { longestMs = LONGEST_MS } = {} }: ServeOptions): {
  ask: Ask;
  idle: () => Promise<unknown>;
} {
  const work = async (request: StoreRequest): Promise<StoreAnswer> => {
    const stuck = setTimeout(() => {
      log(`PHP Fatal error:  "${request.method} ${request.url}" takes longer than ${longestMs / 1000} s`);
      onStuck();
    }, longestMs);
    try {
      const answered = await php.request(request);
      for (const line of answered.errors) log(line);
      return answered;
    } finally {
      clearTimeout(stuck);
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask(request, isWanted = () => true) {
      const done = last.then(() => (isWanted() ? work(request) : undefined));
      last = done.catch(() => undefined);
      return done;
    },
    idle: () => last,
  };
}

interface Answered extends Sent {
  /** PHP has logged errors of this request. */
  isLogged?: boolean;
}

async function answer(
  { ask, files, server }: { ask: Ask; files: SharedFile; server: Server },
  req: IncomingMessage,
  res: ServerResponse,
): Promise<Answered | undefined> {
  const { method = 'GET', url = '/' } = req;
  const send = (status: number, headers: Record<string, string | string[]>, bytes: Uint8Array | string): Answered => {
    // Its connection would keep a stopping server open.
    res.shouldKeepAlive &&= server.listening;
    res.writeHead(status, headers).end(method === 'HEAD' ? undefined : bytes);
    return { status, bytes };
  };
  if (isPrivate(url)) return send(403, { 'Content-Type': 'text/plain' }, 'Forbidden\n');
  const file = method === 'GET' || method === 'HEAD' ? await files(url) : undefined;
  if (file) {
    const headers = {
      'Content-Type': file.type,
      'Content-Length': `${file.bytes.length}`,
      'Cache-Control': 'public, max-age=0',
    };
    return send(200, headers, file.bytes);
  }
  const body = await bodyOf(req);
  if (!body)
    return send(413, { 'Content-Type': 'text/plain', Connection: 'close' }, 'A request may have at most 64 MiB.\n');
  const headers = Object.fromEntries(
    Object.entries(req.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const request = { method, url, headers, ...(body.length > 0 ? { body } : {}) };
  const answered = await ask(request, () => !res.destroyed && server.listening);
  if (!answered) {
    res.destroy();
    return undefined;
  }
  const passed = Object.entries(answered.headers).filter(([name]) => !NOT_PASSED.has(name.toLowerCase()));
  const [type] = passed.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? [];
  return {
    ...send(answered.status, Object.fromEntries(passed), answered.bytes),
    type,
    isLogged: answered.errors.length > 0,
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** Undefined if the body is too large; the rest is not read then. */
async function bodyOf(req: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Node's types don't say it: without an encoding, a request yields buffers.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The thread that PHP runs in, which keeps the process responsive while PHP is busy. Implements `php-thread.ts`. */
import { parentPort } from 'node:worker_threads';
import type { PHPRequestHandler } from '@php-wasm/universal';
import { unpackCode, unpackedCode } from './code.ts';
import { answerLoopback } from './loopback.ts';
import { keepScripts, scriptsOf } from './scripts.ts';
import type { Spec } from './spec.ts';
import type { Call, Numbered, Said, StoreAnswer } from './store-request.ts';
import { askPhp, bootAhead, bootPhp, openStore } from './web-php.ts';

/** Milliseconds without requests after which the scripts that they used are listed. */
const QUIET_MS = 200;

const port = parentPort;
if (!port) throw new Error('php-worker.ts is started as a thread');
const say = (said: Said): void => port.postMessage(said);
let handler: PHPRequestHandler | undefined;
let scripts = '';
let quiet: NodeJS.Timeout | undefined;

// Sequential: there is only one PHP, and a concurrent call would find it half done.
let last: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

port.on('message', ({ number, ...call }: Numbered) => {
  inTurn(() => perform(call)).then(
    (result) => say({ number, result }),
    (error: unknown) => say({ number, failure: error instanceof Error ? error.message : String(error) }),
  );
});

async function perform(call: Call): Promise<StoreAnswer | undefined> {
  if (call.call === 'prepare') {
    const code = unpackedCode(call.sources);
    handler = code && (await bootAhead(code, call.sources.cache));
    return undefined;
  }
  if (call.call === 'open') return open(call.spec);
  if (!handler) throw new Error('no store is open');
  clearTimeout(quiet);
  try {
    return await askPhp(handler, call.request);
  } finally {
    quiet = setTimeout(keep, QUIET_MS);
  }
}

async function open(spec: Spec): Promise<undefined> {
  const code = unpackCode(spec);
  scripts = scriptsOf(code, spec.cache);
  handler ??= await bootPhp(code);
  await openStore(handler, spec, code);
  const php = await handler.getPrimaryPhp();
  php.onMessage(answerLoopback({ spec, code, later: (request) => say({ later: request }) }));
}

function keep(): void {
  void inTurn(async () => {
    if (handler) await keepScripts(await handler.getPrimaryPhp(), scripts);
  }).catch(() => undefined);
}

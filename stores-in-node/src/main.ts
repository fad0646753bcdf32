/** One store's process. Told by one line of JSON on standard input what to do; ends when that closes, so with its parent. */
import { createInterface } from 'node:readline';
import type { PHPRequestHandler } from '@php-wasm/universal';
import { unpackCode, unpackedCode } from './code.ts';
import { prepareVolume } from './php.ts';
import { runSetup } from './setup.ts';
import { serveStore } from './serve.ts';
import { scriptsOf } from './scripts.ts';
import type { Ahead, Sources, Spec } from './spec.ts';
import { lockVolume } from './volume-lock.ts';
import { bootAhead, bootPhp, openStore } from './web-php.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const fail = (error: unknown): never => {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
};

// Volumes, sockets and templates are ours alone.
process.umask(0o077);
const input = createInterface({ input: process.stdin });
input.once('close', () => process.exit(143));
let ahead: Promise<PHPRequestHandler | undefined> = Promise.resolve(undefined);
input.on('line', (line) => {
  const spec = JSON.parse(line) as Spec | Ahead;
  if (spec.task !== 'ahead') run(spec).catch(fail);
  else ahead = prepare(spec);
});

async function prepare(sources: Sources): Promise<PHPRequestHandler | undefined> {
  try {
    const code = unpackedCode(sources);
    return code && (await bootAhead(code, sources.cache));
  } catch {
    // What is wrong is said of the store that finds it so.
    return undefined;
  }
}

async function run(spec: Spec): Promise<void> {
  const unlock = await lockVolume(spec.volume, spec.task);
  process.once('exit', unlock);
  const code = unpackCode(spec);
  if (spec.task === 'setup') process.exit(await runSetup(spec, code, say));
  prepareVolume(spec.volume, code);
  const handler = (await ahead) ?? (await bootPhp(code));
  await openStore(handler, spec, code);
  await serveStore(handler, { socket: spec.socket ?? '', log: say, scripts: scriptsOf(code, spec.cache) });
  say('listening');
}

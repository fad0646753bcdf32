/** One store's process. Reads its spec as a line of JSON on standard input; exits with its parent, as that closes. */
import { createInterface } from 'node:readline';
import { unpackCode } from './code.ts';
import { type PhpThread, startPhp } from './php-thread.ts';
import { serveStore } from './serve.ts';
import type { Ahead, Spec } from './spec.ts';
import { sharedFiles } from './static-file.ts';
import { lockVolume } from './volume-lock.ts';
import { prepareVolume } from './volume.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const fail = (error: unknown): never => {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
};

// Volumes, sockets and templates are accessible only to the current user.
process.umask(0o077);
const input = createInterface({ input: process.stdin });
// Finishes the current request; the parent kills the process if that takes too long.
input.once('close', () => void end().finally(() => process.exit(143)));
let end = (): Promise<void> => Promise.resolve();
let php: PhpThread | undefined;
let prepared: Promise<void> | undefined;
input.on('line', (line) => {
  // Our own server sends it.
  const spec = JSON.parse(line) as Spec | Ahead;
  if (spec.task === 'ahead') prepared = threadOf().prepare(spec);
  else run(spec).catch(fail);
});

function threadOf(): PhpThread {
  return (php ??= startPhp((why) => fail(`PHP Fatal error:  ${why}`)));
}

async function run(spec: Spec): Promise<void> {
  const unlock = await lockVolume(spec.volume, spec.task);
  process.once('exit', unlock);
  const code = unpackCode(spec);
  if (spec.task === 'setup') {
    // PHP is loaded where it runs: a serving process has it in a thread.
    const { runSetup } = await import('./setup.ts');
    process.exit(await runSetup(spec, code, say));
  }
  prepareVolume(spec.volume, code);
  await prepared;
  const thread = threadOf();
  await thread.open(spec);
  ({ end } = await serveStore({
    php: thread,
    socket: spec.socket ?? '',
    log: say,
    files: sharedFiles(code),
    onStuck: () => process.exit(1),
  }));
  say('listening');
}

/** One store's process. Told by one line of JSON on standard input what to do; ends when that closes, so with its parent. */
import { createInterface } from 'node:readline';
import { unpackCode } from './code.ts';
import { prepareVolume } from './php.ts';
import { runSetup } from './setup.ts';
import { serveStore } from './serve.ts';
import type { Spec } from './spec.ts';
import { lockVolume } from './volume-lock.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const fail = (error: unknown): never => {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
};

const input = createInterface({ input: process.stdin });
input.once('close', () => process.exit(143));
input.once('line', (line) => {
  const spec = JSON.parse(line) as Spec;
  run(spec).catch(fail);
});

async function run(spec: Spec): Promise<void> {
  const unlock = await lockVolume(spec.volume, spec.task);
  process.once('exit', unlock);
  const code = unpackCode(spec);
  if (spec.task === 'setup') process.exit(await runSetup(spec, code, say));
  prepareVolume(spec.volume, code);
  const { port } = await serveStore(spec, code, say);
  say(`listening on 127.0.0.1:${port}`);
}

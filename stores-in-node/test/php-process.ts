/** A process with a store's PHP runtime, without WordPress: runs code and can be inspected from outside. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export type PhpBuild = 'jspi' | 'asyncify';

const PROGRAM = `
import { createInterface } from 'node:readline';
import { PHP, setPhpIniEntries } from '@php-wasm/universal';
import { INI, loadRuntime } from '${new URL('../src/php.ts', import.meta.url).href}';
const php = new PHP(await loadRuntime({}));
await setPhpIniEntries(php, INI);
console.log(JSON.stringify('ready'));
for await (const line of createInterface({ input: process.stdin })) {
  const { text, errors } = await php.run({ code: '<?php ' + JSON.parse(line) }).catch(({ message }) => ({ text: '', errors: message }));
  console.log(JSON.stringify({ text, errors }));
}
`;

export interface PhpProcess {
  pid: number;
  /** Runs PHP code, without its opening tag. */
  run: (code: string) => Promise<{ text: string; errors: string }>;
}

/** Resolves once the runtime is loaded. The process ends with the test. */
export async function startPhp(build: PhpBuild): Promise<PhpProcess> {
  const flags = build === 'jspi' ? ['--experimental-wasm-jspi'] : [];
  const child = spawn(process.execPath, [...flags, '--input-type=module', '--eval', PROGRAM], {
    cwd: new URL('..', import.meta.url),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const next = async (): Promise<unknown> => JSON.parse(String((await once(lines, 'line'))[0]));
  await next();
  return {
    pid: child.pid ?? 0,
    async run(code) {
      child.stdin.write(`${JSON.stringify(code)}\n`);
      return (await next()) as { text: string; errors: string };
    },
  };
}

/** Medusa's own command line, in a process of its own: each command ends its process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = 'node_modules/@medusajs/cli/cli.js';
/** db:migrate ends with 0 although one of its scripts failed. */
const ERROR = '"level":"error"';
/** Longest part of the mark that may be cut off at the end of a chunk. */
const OVERLAP = ERROR.length - 1;

/** The installed one. */
export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(`${ROOT}/node_modules/@medusajs/medusa/package.json`, 'utf8')) as {
    version: string;
  };
  return version;
}

/** Rejects if it fails; its log has the reason. */
export async function runMedusa(args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let hasFailed = false;
  let end = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    process.stdout.write(chunk);
    const text = end + chunk;
    hasFailed ||= text.includes(ERROR);
    end = text.slice(-OVERLAP);
  });
  // Both are null where the other one is not.
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code !== 0 || hasFailed) throw new Error(`medusa ${args[0]} failed (${signal ?? code}): its log is above`);
}

/** One program of the installation of Medusa, and what its output says of the progress. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BOUND = fileURLToPath(new URL('bound.sh', import.meta.url));
/** A shell's, for a program that it doesn't find. */
const NOT_A_PROGRAM = 127;

export type Say = (progress: string) => void;

/** A line of `npm ci --loglevel=http` for each package that arrives, from the registry or npm's cache. */
const PACKAGE = /^npm http (?:fetch GET 200|cache) \S+\.tgz/;
const SAID_EVERY_MS = 500;
const KEPT_LINES = 20;
const KEPT_OUTPUT = 1000;
const NOT_FOUND = /^npm error code E404/;
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH/;
const FULL = /ENOSPC/;

/** Its message is one sentence: what failed, and the remedy. */
export class StepError extends Error {
  /** The registry answered that it has no such package. */
  readonly isNotFound: boolean;

  constructor(why: string, isNotFound = false) {
    super(`Medusa can't be installed: ${why}`);
    this.isNotFound = isNotFound;
  }
}

/**
 * Resolves with the output when the program has ended well; rejects with a StepError. The program ends with this process, however
 * that ends.
 */
export async function step(
  cwd: string,
  [program = '', ...args]: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<string> {
  const env = { ...process.env, MEDUSA_DISABLE_TELEMETRY: '1' };
  const child = spawn('/bin/sh', [BOUND, program, ...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-KEPT_OUTPUT)));
  const last: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    onLine(line);
    last.push(line);
    if (last.length > KEPT_LINES) last.shift();
  });
  // One of the two is null. Rejects where there is no shell.
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code === 0) return output;
  if (code === NOT_A_PROGRAM) throw new StepError(`${program} is not on this machine. Install it, then retry.`);
  throw new StepError(
    toWhy(`${program} ${args[0]}`, signal ?? code, last),
    last.some((line) => NOT_FOUND.test(line)),
  );
}

function toWhy(what: string, code: string | number | null, last: readonly string[]): string {
  const text = last.join('\n');
  if (FULL.test(text)) return 'the disk is full. Free 1 GB, then retry.';
  if (UNREACHABLE.test(text))
    return `npm's registry can't be reached. Check this machine's network, or npm's registry setting, then retry.`;
  const said = last.findLast((line) => line.startsWith('npm error') && !/complete log/.test(line)) ?? last.at(-1) ?? '';
  return `${what} failed (${code})${said ? `: ${said.replace(/^npm error /, '')}` : ''}. Retry, or run npm run install-medusa in a terminal to see more.`;
}

/** Counts packages as they arrive. */
export function countArrivals(total: number, say: Say): (line: string) => void {
  let [count, saidAt] = [0, 0];
  say(`packages: 0 of ${total}`);
  return (line) => {
    if (!PACKAGE.test(line)) return;
    count += 1;
    if (Date.now() - saidAt < SAID_EVERY_MS && count < total) return;
    saidAt = Date.now();
    say(`packages: ${Math.min(count, total)} of ${total}`);
  };
}

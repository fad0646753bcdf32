/**
 * The program that runs one store, as a child process: takes its instructions on standard input and exits when that
 * closes; prints its log on standard output and standard error.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** The line that the program prints once its socket accepts requests. */
const LISTENING = 'listening';

export type StoreChild = ChildProcessByStdio<Writable, Readable, Readable>;

export interface StoreProcess {
  pid: number | undefined;
  /** Resolves once it accepts requests; rejects if it exits before. */
  listening: Promise<void>;
  /** Exit code; 137 if it was killed. */
  exited: Promise<number>;
  /** Asks it to exit, and kills it after the grace period. */
  stop(graceMs: number): void;
}

/** Spawns a process that loads its modules and waits for its instructions. `flags`: Node's. */
export function spawnProgram(program: string, flags: readonly string[]): StoreChild {
  const child = spawn(process.execPath, [...flags, program], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  child.stdin.on('error', () => undefined);
  return child;
}

export function startStore(child: StoreChild, spec: object, log: (line: string) => void): StoreProcess {
  const listening = Promise.withResolvers<undefined>();
  // Callers that don't wait for this learn it from `exited`.
  listening.promise.catch(() => undefined);
  child.stdin.write(`${JSON.stringify(spec)}\n`);
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === LISTENING) listening.resolve(undefined);
    else log(line);
  });
  createInterface({ input: child.stderr }).on('line', log);
  const exited = endOf(child);
  void exited.then((code) => listening.reject(new Error(`the store's process ended with ${code}`)));
  return {
    pid: child.pid,
    listening: listening.promise,
    exited,
    stop(graceMs) {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      void exited.then(() => clearTimeout(timer));
    },
  };
}

async function endOf(child: StoreChild): Promise<number> {
  // `close` passes the exit code, or null after a signal.
  const [code] = (await once(child, 'close').catch(() => [1])) as [number | null];
  return code ?? 137;
}

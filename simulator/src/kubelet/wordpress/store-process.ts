/** The program that runs one store, as a child: told by standard input, heard by standard output, ended with it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** The line that the program prints once it answers on its socket. */
const LISTENING = 'listening';

export type StoreChild = ChildProcessByStdio<Writable, Readable, Readable>;

export interface StoreProcess {
  pid: number | undefined;
  /** Resolves once it answers; rejects when it ends before. */
  listening: Promise<void>;
  /** Exit code; 137 when it was killed. */
  exited: Promise<number>;
  /** Asks it to end, and kills it when it has not after so long. */
  stop(graceMs: number): void;
}

/** It loads its modules, and waits to be told what to do. */
export function spawnProgram(program: string): StoreChild {
  const child = spawn(
    process.execPath,
    ['--experimental-wasm-jspi', '--disable-warning=ExperimentalWarning', program],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '' },
    },
  );
  child.stdin.on('error', () => undefined);
  return child;
}

export function tellProgram(child: StoreChild, spec: object, log: (line: string) => void): StoreProcess {
  const listening = Promise.withResolvers<undefined>();
  // Who waits for this sees it; who does not, has `exited`.
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
  const [code] = (await once(child, 'close').catch(() => [1])) as [number | null];
  return code ?? 137;
}

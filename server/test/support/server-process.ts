/** The real server as a process that tests can call from outside and kill. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface ServerProcess extends AsyncDisposable {
  url: string;
  pid: number;
  dataDir: string;
  /** Log output so far. */
  log(): string;
  /** kill -9, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it has exited, for whatever reason. */
  ended: Promise<number | null>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface ServerProcessOptions {
  dataDir: string;
  env?: Record<string, string>;
  /** Another entry point than the server's own. */
  main?: string;
}

/** A server that starts again on its data is found where it was. */
const ports = new Map<string, string>();

/** Starts a server on a free port, and again on the same, on the embedded cluster without delays unless `env` says otherwise. */
export async function startServerProcess({
  dataDir,
  env = {},
  main = MAIN,
}: ServerProcessOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      SHOPYARD_PORT: ports.get(dataDir) ?? '0',
      SHOPYARD_DATA_DIR: dataDir,
      SHOPYARD_SIMULATOR_SPEED: '0',
      SHOPYARD_EMBEDDED_STORES: 'simulated',
      SHOPYARD_LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (log = (log + chunk).slice(-200_000)));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const url = /ready at (\S+)/.exec(line)?.[1];
    if (url) ready.resolve(url);
  });
  void ended.then((code) => ready.reject(new Error(`the server ended with ${code} before it was ready:\n${log}`)));
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  const url = await ready.promise;
  ports.set(dataDir, new URL(url).port);
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    log: () => log,
    ended,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end('SIGTERM')),
  };
}

/** A folder that is deleted with its scope. */
export function temporaryDir(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'shopyard-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** The real server as a process that is called from outside and can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { programOf } from './program.ts';
import { temporaryDir } from './temporary-dir.ts';

/** The server's entry point. */
export const SERVER = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

/** As `npm start` and the Dockerfile start it. */
const FLAGS = ['--max-semi-space-size=4', '--max-old-space-size=1024'];
const KEPT_LOG = 200_000;

export interface ServerProcess extends AsyncDisposable {
  url: string;
  pid: number;
  dataDir: string;
  /** Its last 200,000 characters of log. */
  log(): string;
  /** Sends SIGKILL; resolves when the process has exited. */
  kill(): Promise<void>;
  /** Sends SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Resolves when it has exited, for whatever reason; null after a signal. */
  ended: Promise<number | null>;
}

export interface ServerProcessOptions {
  /** Without one, a directory that is deleted with the server. */
  dataDir?: string;
  /** Wins over the defaults: a free port, the embedded cluster with simulated stores and without delays. */
  env?: Record<string, string>;
  /** Another entry point than the server's own. */
  main?: string;
  /** A file that its log goes to besides. */
  logFile?: string;
}

/**
 * Starts a server; resolves when it is ready, and rejects with its log if it exits before. A server that starts again on
 * its data directory gets the same port.
 */
export async function startServerProcess(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const own = options.dataDir === undefined ? temporaryDir() : undefined;
  const dataDir = options.dataDir ?? own?.path ?? '';
  const portFile = join(dataDir, 'testkit-port');
  const child = spawn(process.execPath, [...FLAGS, programOf(options.main ?? SERVER)], {
    env: {
      ...process.env,
      SHOPYARD_PORT: existsSync(portFile) ? readFileSync(portFile, 'utf8') : '0',
      SHOPYARD_DATA_DIR: dataDir,
      SHOPYARD_SIMULATOR_SPEED: '0',
      SHOPYARD_EMBEDDED_STORES: 'simulated',
      SHOPYARD_LOG_LEVEL: 'info',
      SHOPYARD_AUTH: '',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-KEPT_LOG);
    if (options.logFile !== undefined) appendFileSync(options.logFile, chunk);
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  const early = ended.then((code) => {
    own?.[Symbol.dispose]();
    throw new Error(`the server ended with ${code} before it was ready:\n${log}`);
  });
  // It also exits later, when nobody waits for this any more.
  early.catch(() => undefined);
  const url = await Promise.race([readyUrl(child), early]);
  writeFileSync(portFile, new URL(url).port, { mode: 0o600 });
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

function readyUrl({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (stdout)
      createInterface({ input: stdout }).on('line', (line) => {
        const url = /ready at (\S+)/.exec(line)?.[1];
        if (url) resolve(url);
      });
  });
}

/**
 * Runs the embedded cluster as a separate process. It always ends with the server, however the server ends. When it
 * dies on its own, it restarts with the same address and objects, and the stores keep running.
 */
import { messageOf } from '../kit/error-message.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { EngineSetting } from './engine-settings.ts';
import { createBackoff } from '../kit/connection-backoff.ts';
import { ConfigError } from '../kit/config-error.ts';

/** Restarts tolerated per `DEATHS_MS`; one more is fatal. */
const MAX_RESTARTS = 5;
const DEATHS_MS = 60_000;
const BACKOFF_MS = [200, 4000] as const;
/** Path limit of a Unix socket: 103 bytes on macOS, 107 on Linux. */
const MAX_PATH_BYTES = 103;
/** Length of a socket's file name. */
const NAME_BYTES = 8;

export interface EmbeddedCluster {
  kubeconfig: string;
  close(): Promise<void>;
}

export interface EmbeddedClusterOptions {
  dataDir: string;
  /** Multiplies the simulated delays; 0 in tests. */
  speed: number;
  engines: readonly EngineSetting[];
  log: Logger;
  /** Called after a restart. The kubeconfig names another port if the old one was taken meanwhile. */
  onRestart: () => void;
  /** Called when it keeps dying; `why` is one sentence. */
  onFatal: (why: string) => void;
}

/** Resolves once the cluster answers; rejects if it ends before that. */
export async function startEmbeddedCluster(options: EmbeddedClusterOptions): Promise<EmbeddedCluster> {
  const { dataDir, log, onRestart, onFatal } = options;
  const backoff = createBackoff(...BACKOFF_MS);
  const closing = new AbortController();
  const deaths: number[] = [];
  let current = startProcess(options);
  await Promise.race([
    current.ready,
    current.ended.then(() => {
      throw new Error('the embedded cluster did not start');
    }),
  ]);

  const supervise = async (): Promise<void> => {
    for (;;) {
      const how = await current.ended;
      if (closing.signal.aborted) return;
      deaths.push(Date.now());
      const recent = deaths.filter((at) => at > Date.now() - DEATHS_MS).length;
      if (recent > MAX_RESTARTS)
        return onFatal(`the embedded cluster ended ${recent} times within a minute, most recently by ${how}`);
      if (recent === 1) backoff.reset();
      log.error(`the embedded cluster ended by ${how}: restarting it`);
      await sleep(backoff.next(), undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      current = startProcess(options);
      void current.ready.then(onRestart);
    }
  };
  const supervised = supervise();
  return {
    kubeconfig: kubeconfigIn(dataDir),
    async close() {
      closing.abort();
      current.end();
      await supervised;
    },
  };
}

/** Folder of the stores' sockets. Throws ConfigError if a socket's path would be too long for the system. */
export function socketsIn(dataDir: string): string {
  const folder = join(dataDir, 'run');
  const max = MAX_PATH_BYTES - NAME_BYTES - '/run/'.length;
  const length = Buffer.byteLength(dataDir);
  if (length <= max) return folder;
  throw new ConfigError(
    `SHOPYARD_DATA_DIR is too deep for the sockets of embedded stores: ${dataDir} has ${length} bytes, and the limit is ${max}; set it to a shorter path`,
  );
}

function foldersIn(dataDir: string): object {
  return {
    volumes: join(dataDir, 'volumes'),
    templates: join(dataDir, 'templates'),
    databases: join(dataDir, 'databases'),
    sockets: socketsIn(dataDir),
  };
}

const kubeconfigIn = (dataDir: string): string => join(dataDir, 'simulator.kubeconfig');

interface Running {
  /** Resolves once the process answers; stays pending if it never does. */
  ready: Promise<void>;
  /** Resolves with its signal or `exit code N`. */
  ended: Promise<string>;
  end(): void;
}

function startProcess({ dataDir, speed, engines, log }: EmbeddedClusterOptions): Running {
  const main = fileURLToPath(import.meta.resolve('@shopyard/simulator/main'));
  const settings = engines.map(({ module, options }) => ({
    module,
    ...(options ? { options: { ...options, folders: foldersIn(dataDir) } } : {}),
  }));
  // The server runs with the same setting: it retains less memory after a busy minute.
  const args = [main, join(dataDir, 'simulator.db'), kubeconfigIn(dataDir), String(speed), JSON.stringify(settings)];
  const child = spawn(process.execPath, ['--max-semi-space-size=4', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C in the terminal must reach only the server, which ends this process once it is done with it.
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stderr }).on('line', (line) => log.warn({ from: 'embedded cluster' }, line));
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') resolve();
    });
  });
  const ended = once(child, 'close').then(
    // `close` passes a code or a signal.
    ([code, signal]) => (signal as NodeJS.Signals | null) ?? `exit code ${code as number}`,
    // The process failed to start.
    (error: unknown) => messageOf(error),
  );
  return { ready, ended, end: () => void child.stdin.end() };
}

/**
 * The embedded cluster as a process of its own. It ends when this one does, however that happens; when it ends by
 * itself it is started again, with the same address and objects, and stores go on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { createBackoff } from '../kit/backoff.ts';
import type { EmbeddedStores } from '../config/embedded-stores.ts';
import { ConfigError } from '../kit/config-error.ts';

/** Deaths within a minute that are made up for; after one more it is given up. */
const MOST_DEATHS = 5;
const DEATHS_MS = 60_000;
const BACKOFF_MS = [200, 4000] as const;
/** Of a Unix socket: 103 on macOS, 107 on Linux. */
const MOST_PATH_BYTES = 103;
/** Of a socket in its folder. */
const NAME_BYTES = 8;

export interface EmbeddedCluster {
  kubeconfig: string;
  close(): Promise<void>;
}

export interface EmbeddedClusterOptions {
  dataDir: string;
  /** Multiplies its delays; 0 for tests. */
  speed: number;
  /** How stores are run for real; simulated without it. */
  wordpress?: EmbeddedStores | undefined;
  log: Logger;
  /** It died and runs again: where its port was taken meanwhile, the kubeconfig names another. */
  onRestart: () => void;
  /** It dies again and again; `why` is one sentence. */
  onFatal: (why: string) => void;
}

/** Resolves when it answers; throws when it ends before that. */
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
      if (recent > MOST_DEATHS)
        return onFatal(`the embedded cluster ended ${recent} times within a minute, the last time by ${how}`);
      if (recent === 1) backoff.reset();
      log.error(`the embedded cluster ended by ${how}: it is started again`);
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

/** Where stores answer. Throws a ConfigError where a socket's path would be too long for the system. */
export function socketsIn(dataDir: string): string {
  const folder = join(dataDir, 'run');
  const most = MOST_PATH_BYTES - NAME_BYTES - '/run/'.length;
  const length = Buffer.byteLength(dataDir);
  if (length <= most) return folder;
  throw new ConfigError(
    `SHOPYARD_DATA_DIR is too deep for the sockets of embedded stores: ${dataDir} has ${length} bytes, and ${most} are possible; set it to a shorter path`,
  );
}

const kubeconfigIn = (dataDir: string): string => join(dataDir, 'simulator.kubeconfig');

interface Running {
  /** Resolves when it answers; stays pending when it never does. */
  ready: Promise<void>;
  /** Resolves with its signal or `exit code N`. */
  ended: Promise<string>;
  end(): void;
}

function startProcess({ dataDir, speed, wordpress, log }: EmbeddedClusterOptions): Running {
  const main = fileURLToPath(import.meta.resolve('@shopyard/simulator/main'));
  const program = fileURLToPath(import.meta.resolve('@shopyard/stores-in-node/main'));
  const real = wordpress && {
    ...wordpress,
    program,
    volumes: join(dataDir, 'volumes'),
    templates: join(dataDir, 'templates'),
    sockets: socketsIn(dataDir),
  };
  // As the server itself is started: less memory stays taken after a busy minute.
  const args = ['--max-semi-space-size=4', main, join(dataDir, 'simulator.db'), kubeconfigIn(dataDir), String(speed)];
  const child = spawn(process.execPath, real ? [...args, JSON.stringify(real)] : args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal is for us; we end it when we are done with it.
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
    ([code, signal]) => (signal as NodeJS.Signals | null) ?? `exit code ${code as number}`,
    // It could not be started at all.
    (error: unknown) => (error as Error).message,
  );
  return { ready, ended, end: () => void child.stdin.end() };
}

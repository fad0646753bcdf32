/** Starts the embedded cluster as a process of its own; it ends when this one does, however that happens. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';

export interface EmbeddedCluster {
  kubeconfig: string;
  close(): Promise<void>;
}

/** What the embedded cluster needs to run WordPress in Node. */
export interface EmbeddedStores {
  zips: { wordpress: string; woocommerce: string };
  cache: string;
  startsAtOnce: number;
  idleMs: number;
  memoryMiB: number;
}

export interface EmbeddedClusterOptions {
  dataDir: string;
  /** Multiplies its delays; 0 for tests. */
  speed: number;
  /** How stores are run for real; simulated without it. */
  wordpress?: EmbeddedStores | undefined;
  log: Logger;
  /** It ended by itself. */
  onExit: (code: number | null) => void;
}

export async function startEmbeddedCluster({
  dataDir,
  speed,
  wordpress,
  log,
  onExit,
}: EmbeddedClusterOptions): Promise<EmbeddedCluster> {
  const kubeconfig = join(dataDir, 'simulator.kubeconfig');
  const main = fileURLToPath(import.meta.resolve('@shopyard/simulator/main'));
  const program = fileURLToPath(import.meta.resolve('@shopyard/stores-in-node/main'));
  const real = wordpress && { ...wordpress, program, volumes: join(dataDir, 'volumes') };
  // As the server itself is started: less memory stays taken after a busy minute.
  const args = ['--max-semi-space-size=4', main, join(dataDir, 'simulator.db'), kubeconfig, String(speed)];
  const child = spawn(process.execPath, real ? [...args, JSON.stringify(real)] : args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal is for us; we end it when we are done with it.
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stderr }).on('line', (line) => log.warn({ from: 'embedded cluster' }, line));

  let closing = false;
  const ended = once(child, 'close').then(([code]) => {
    if (!closing) onExit(code as number | null);
  });
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') resolve();
    });
  });
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error('the embedded cluster did not start');
    }),
  ]);
  return {
    kubeconfig,
    async close() {
      closing = true;
      child.stdin.end();
      await ended;
    },
  };
}

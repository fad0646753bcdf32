/** A server of the benchmark's own, on a free port and in a folder that goes with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const SERVER = join(ROOT, 'server/src/main.ts');
/** The server's HTTP side with stores that exist nowhere. */
export const SYNTHETIC = join(ROOT, 'server/test/support/synthetic-main.ts');

export interface BenchServer extends AsyncDisposable {
  url: string;
  pid: number;
  /** Milliseconds from its start until it answered. */
  startMs: number;
  /** Address of its embedded cluster, which wants no credentials. */
  cluster(): string;
  dataDir: string;
  kill(): Promise<void>;
}

export async function startServer(
  main: string,
  env: Record<string, string> = {},
  dataDir?: string,
): Promise<BenchServer> {
  const dir = dataDir ?? mkdtempSync(join(tmpdir(), 'shopyard-bench-'));
  const started = performance.now();
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      SHOPYARD_PORT: '0',
      SHOPYARD_DATA_DIR: dir,
      SHOPYARD_SIMULATOR_SPEED: '0',
      SHOPYARD_LOG_LEVEL: 'error',
      SHOPYARD_EMBEDDED_STORES: 'simulated',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /ready at (\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error('the server did not start')));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url,
    pid: child.pid ?? 0,
    startMs: performance.now() - started,
    dataDir: dir,
    cluster: () => /server: (\S+)/.exec(readFileSync(join(dir, 'simulator.kubeconfig'), 'utf8'))?.[1] ?? '',
    kill: () => end('SIGKILL'),
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      if (dataDir === undefined) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

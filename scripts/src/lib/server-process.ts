/** A server of a script's own, as a process: on a free port, with data that goes when it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** As `npm start` and the Dockerfile start it. */
const FLAGS = ['--max-semi-space-size=4', '--max-old-space-size=1024'];

export const SERVER = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));

export interface ServerProcess extends AsyncDisposable {
  url: string;
  pid: number;
  dataDir: string;
  /** Ends it, however it feels about that, and resolves when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Without `dataDir` its data goes with it; what it says on standard error is shown. Rejects when it ends before it is ready. */
export async function startServerProcess(
  main: string,
  env: Record<string, string>,
  dataDir?: string,
): Promise<ServerProcess> {
  const dir = dataDir ?? mkdtempSync(join(tmpdir(), 'shopyard-'));
  const child = spawn(process.execPath, [...FLAGS, main], {
    env: {
      ...process.env,
      SHOPYARD_PORT: '0',
      SHOPYARD_DATA_DIR: dir,
      SHOPYARD_LOG_LEVEL: 'error',
      SHOPYARD_EMBEDDED_STORES: 'simulated',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url: await readyAt(child, ended),
    pid: child.pid ?? 0,
    dataDir: dir,
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      if (dataDir === undefined) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function readyAt(child: ChildProcess, ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = /ready at (\S+)/.exec(line)?.[1];
        if (found) resolve(found);
      });
    void ended.then(() => reject(new Error('the server did not start; what it said is above')));
  });
}

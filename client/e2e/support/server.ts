/** Runs the real server with the built dashboard on the embedded cluster. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
/** Entry point that serves the real API with synthetic stores and no cluster. */
export const SYNTHETIC = fileURLToPath(new URL('../../../server/test/support/synthetic-main.ts', import.meta.url));

export interface TestServer extends AsyncDisposable {
  url: string;
  /** Sends an API request as curl would; resolves with the response's status and JSON. */
  call(method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Sends a request to the embedded cluster; resolves with the status. Bodies are merge patches. */
  cluster(method: string, path: string, body?: object): Promise<number>;
  /** Sends SIGKILL and resolves once the process has exited. */
  kill(): Promise<void>;
  /** Restarts the server on the same port and data directory. */
  restart(): Promise<void>;
}

export async function startServer(env: Record<string, string> = {}, main = MAIN): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shopyard-browser-'));
  let running = await run(main, { ...env, SHOPYARD_PORT: '0', SHOPYARD_DATA_DIR: dataDir });
  const { url } = running;
  return {
    url,
    async call(method, path, body) {
      const response = await fetch(url + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async cluster(method, path, body) {
      const config = readFileSync(join(dataDir, 'simulator.kubeconfig'), 'utf8');
      const cluster = /server: (\S+)/.exec(config)?.[1] ?? '';
      const headers = { 'Content-Type': 'application/merge-patch+json' };
      const init = body ? { headers, body: JSON.stringify(body) } : {};
      return (await fetch(cluster + path, { method, ...init })).status;
    },
    kill: () => running.end('SIGKILL'),
    async restart() {
      running = await run(main, { ...env, SHOPYARD_PORT: new URL(url).port, SHOPYARD_DATA_DIR: dataDir });
    },
    async [Symbol.asyncDispose]() {
      await running.end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function run(
  main: string,
  env: Record<string, string>,
): Promise<{ url: string; end(signal: NodeJS.Signals): Promise<void> }> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, SHOPYARD_LOG_LEVEL: 'error', SHOPYARD_EMBEDDED_STORES: 'simulated', ...env },
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
  return {
    url,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

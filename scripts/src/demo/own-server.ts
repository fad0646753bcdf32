/** A server for the demo where none runs: on a free port, with data that goes when the demo ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { print } from '../lib/script.ts';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));

export interface DemoServer extends AsyncDisposable {
  url: string;
}

/** The one at `url` when it answers, else one of our own. */
export async function ownServer(url: string): Promise<DemoServer> {
  if (await answers(url)) {
    print(`Using the Shopyard at ${url}`);
    return { url, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  print(`No Shopyard answers at ${url}: starting one for the demo`);
  const dataDir = mkdtempSync(join(tmpdir(), 'shopyard-demo-'));
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      SHOPYARD_PORT: '0',
      SHOPYARD_DATA_DIR: dataDir,
      SHOPYARD_LOG_LEVEL: 'error',
      SHOPYARD_EMBEDDED_STORES: 'simulated',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /ready at (\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error('the server did not start; what it said is above')));
  });
  return {
    url: await ready,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** The process that serves a store, with a few scripts in place of WordPress: real PHP without minutes of setup. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { strToU8, zipSync } from 'fflate';
import { onTestFinished } from 'vitest';

export interface Answer {
  status: number | undefined;
  text: string;
}

export interface ServedStore {
  pid: number;
  get: (path: string) => Promise<Answer>;
  /** Closes its standard input, and resolves with its exit code. */
  end: () => Promise<number | null>;
  /** Its log so far, line by line. */
  log: string[];
}

const GIF = 'GIF89a';

/** `index`: the code, without its opening tag, that serves every URL but those of files. */
export async function serveScripts(index: string): Promise<ServedStore> {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-store-'));
  const zip = (name: string, files: Record<string, string>): string => {
    const path = join(dir, `${name}.zip`);
    const entries = Object.entries(files).map(([file, text]) => [`${name}/${file}`, strToU8(text)]);
    writeFileSync(path, zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>));
    return path;
  };
  const wordpress = zip('wordpress', {
    'index.php': `<?php ${index}`,
    'wp-cron.php': '<?php echo "cron";',
    'wp-includes/images/blank.gif': GIF,
    'wp-content/themes/own/style.css': '',
  });
  const woocommerce = zip('woocommerce', { 'woocommerce.php': '<?php' });
  mkdirSync(join(dir, 'cache'));
  const socketPath = join(dir, 's');
  const spec = {
    task: 'serve',
    volume: join(dir, 'volume'),
    cache: join(dir, 'cache'),
    socket: socketPath,
    zips: { wordpress, woocommerce },
    env: {},
  };
  const main = new URL('../src/main.ts', import.meta.url).pathname;
  const flags = ['--experimental-wasm-jspi', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, main], { stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended.promise;
    rmSync(dir, { recursive: true, force: true });
  });
  const ended = Promise.withResolvers<number | null>();
  const listening = Promise.withResolvers<undefined>();
  const log: string[] = [];
  child.once('close', (code) => {
    ended.resolve(code);
    listening.reject(new Error(`the store ended: ${log.join('\n')}`));
  });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      log.push(line);
      if (line === 'listening') listening.resolve(undefined);
    });
  child.stdin.write(`${JSON.stringify(spec)}\n`);
  await listening.promise;
  return {
    pid: child.pid ?? 0,
    log,
    get: (path) => get(socketPath, path),
    end() {
      child.stdin.end();
      return ended.promise;
    },
  };
}

export function get(socketPath: string, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode, text }));
    })
      .once('error', reject)
      .end();
  });
}

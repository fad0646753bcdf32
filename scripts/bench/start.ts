/** From nothing to the first page: the server's start, the size of the browser's download, the first paint. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { SERVER } from '@shopyard/testkit';
import { launch } from './lib/browser.ts';
import { firstPaint } from './lib/paint.ts';
import type { Benchmark, Finding } from './lib/report.ts';
import { startServer } from './lib/server.ts';
import { quantile } from './lib/stats.ts';

const TIMES = 5;
const DIST = fileURLToPath(new URL('../../client/dist/', import.meta.url));

export const start: Benchmark = {
  name: 'start',
  about: `the start of a server with its embedded cluster on empty data, ${TIMES} times; the first load of the dashboard`,
  async run() {
    const starts: number[] = [];
    for (let turn = 0; turn < TIMES; turn++) {
      await using server = await startServer(SERVER);
      starts.push(server.startMs);
    }
    return [
      { what: 'start until it answers, p50', value: quantile(starts, 0.5), unit: 'ms' },
      { what: 'start until it answers, longest', value: Math.max(...starts), unit: 'ms' },
      { what: 'script of the first load, gzip', value: firstLoad() / 1000, unit: 'kB', goal: { most: 190 } },
      ...(await paint()),
    ];
  },
};

/** Compressed size, in bytes, of the scripts that index.html names. */
function firstLoad(): number {
  const html = readFileSync(`${DIST}index.html`, 'utf8');
  const named = readdirSync(`${DIST}assets`).filter((file) => file.endsWith('.js') && html.includes(file));
  return named.reduce((sum, file) => sum + gzipSync(readFileSync(`${DIST}assets/${file}`)).length, 0);
}

async function paint(): Promise<Finding[]> {
  await using browser = await launch();
  if (!browser) return [];
  await using server = await startServer(SERVER);
  const { firstMs } = await firstPaint(browser, `${server.url}/stores`);
  return [{ what: 'first contentful paint', value: firstMs, unit: 'ms' }];
}

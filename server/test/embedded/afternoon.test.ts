/**
 * A merchant's afternoon with an embedded store. `AFTERNOON=whole` runs it in full: 500 products, 3,000 requests over
 * five minutes, five stores on a busy machine for ten minutes.
 */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterUrl } from '@shopyard/testkit';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../support/open-store.ts';
import { catalogue, importProducts } from '../support/product-import.ts';
import { MISSING, PATIENCE_MS, copiedStoresEnv } from '@shopyard/testkit/real-stores';
import type { Open } from '../support/shopper.ts';
import { siteHealth } from '../support/site-health.ts';
import { useServer } from '../support/use-server.ts';

const WHOLE = process.env['AFTERNOON'] === 'whole';
const [PRODUCTS, REQUESTS, REQUESTS_MS] = WHOLE ? [500, 3000, 300_000] : [40, 150, 0];
const BUSY_MS = 600_000;
const say = (line: string): void => void process.stderr.write(`${line}\n`);
if (MISSING) say(`A merchant's afternoon is not tested: ${MISSING} is not there.`);
else if (!WHOLE)
  say(
    `A merchant's afternoon is ${PRODUCTS} products and ${REQUESTS} requests here: AFTERNOON=whole takes half an hour.`,
  );

const used = useServer();
const { dataDir } = used;
let login: { username: string; password: string };
const openAt =
  (name: string): Open =>
  (path, visit) =>
    openStore(used.server.url, name, path, visit);
const open = openAt('alpha');

async function ready(name: string): Promise<string> {
  const { id } = await used.api.trpc.stores.create.mutate({ name });
  await used.stores.phase(name, 'Ready', PATIENCE_MS);
  return id;
}

beforeAll(async () => {
  if (MISSING) return;
  await used.start({ ...copiedStoresEnv(dataDir), SHOPYARD_STORE_IDLE_SECONDS: '0' });
  login = await used.api.trpc.stores.credentials.mutate({ id: await ready('alpha') });
}, PATIENCE_MS);

/** Number of responses by status, such as `{200: 3000}`. */
function counted(statuses: number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

test.skipIf(MISSING)(
  'Site Health reports nothing critical and the store can reach itself',
  async () => {
    const findings = await siteHealth(open, login);
    expect(findings.filter(({ status }) => status === 'critical')).toEqual([]);
    const status = (name: string): string | undefined => findings.find(({ test: of }) => of === name)?.status;
    expect({ loopback: status('loopback_requests'), rest: status('rest_availability') }).toEqual({
      loopback: 'good',
      rest: 'good',
    });
    expect(findings.find(({ test: of }) => of === 'shopyard_network')?.label).toContain('no network');
  },
  PATIENCE_MS,
);

test.skipIf(MISSING)(
  `wp-admin imports all ${PRODUCTS} products while customers browse`,
  async () => {
    const seen: number[] = [];
    const done = new AbortController();
    const customer = (async () => {
      while (!done.signal.aborted) {
        seen.push((await open('/wp-json/wc/store/v1/products')).status);
        await sleep(500);
      }
    })();
    const started = performance.now();
    const { statuses, ...result } = await importProducts(open, { login, csv: catalogue(PRODUCTS) }).finally(() =>
      done.abort(),
    );
    await customer;
    say(
      `${PRODUCTS} products were imported in ${((performance.now() - started) / 1000).toFixed(0)} s beside ${seen.length} requests.`,
    );
    expect(result).toEqual({ imported: PRODUCTS, failed: 0, skipped: 0 });
    // The uploaded form redirects to the next step.
    expect(counted(statuses)).toEqual({ 200: statuses.length - 1, 302: 1 });
    expect(counted(seen)).toEqual({ 200: seen.length });
    const [product] = JSON.parse(
      (await open(`/wp-json/wc/store/v1/products?search=${encodeURIComponent(`Imported ${PRODUCTS - 1}`)}`)).body,
    ) as { name: string }[];
    expect(product?.name).toBe(`Imported ${PRODUCTS - 1}`);
  },
  WHOLE ? 900_000 : PATIENCE_MS,
);

test.skipIf(MISSING)(
  `answers all ${REQUESTS} requests of simultaneous customers and of cron`,
  async () => {
    // /wp-json/ alone is a megabyte.
    const often = [
      '/wp-json/wc/store/v1/products',
      '/wp-includes/images/blank.gif',
      '/robots.txt',
      '/wp-json/wc/store/v1/cart',
    ];
    const seldom = ['/shop/', '/wp-json/', '/wp-cron.php?doing_wp_cron', '/my-account/'];
    const started = performance.now();
    const statuses: number[] = [];
    let next = 0;
    const customer = async (): Promise<void> => {
      for (let index = next++; index < REQUESTS; index = next++) {
        const due = (index / REQUESTS) * REQUESTS_MS - (performance.now() - started);
        if (due > 0) await sleep(due);
        const path = (index % 10 === 0 ? seldom[(index / 10) % seldom.length] : often[index % often.length]) ?? '/';
        statuses.push((await open(path)).status);
      }
    };
    await Promise.all(Array.from({ length: 4 }, customer));
    say(
      `${statuses.length} requests were answered in ${((performance.now() - started) / 1000).toFixed(0)} s: ${JSON.stringify(counted(statuses))}`,
    );
    expect(counted(statuses)).toEqual({ 200: REQUESTS });
  },
  WHOLE ? 1_800_000 : PATIENCE_MS,
);

test.skipIf(MISSING || !WHOLE)(
  'five stores survive ten minutes beside two busy processes',
  async () => {
    const names = ['alpha', 'busy-1', 'busy-2', 'busy-3', 'busy-4'];
    for (const name of names.slice(1)) await ready(name);
    const before = await restartsOf(names);
    const busy = [1, 2].map(() => spawn(process.execPath, ['--eval', 'for(;;);'], { stdio: 'ignore' }));
    onTestFinished(() => busy.forEach((child) => void child.kill('SIGKILL')));
    const end = performance.now() + BUSY_MS;
    const statuses: number[] = [];
    while (performance.now() < end) {
      for (const name of names) statuses.push((await openAt(name)('/shop/')).status);
      await sleep(5000);
    }
    say(`Five stores beside two busy processes answered ${JSON.stringify(counted(statuses))} in ten minutes.`);
    expect(await restartsOf(names)).toEqual(before);
  },
  2 * BUSY_MS,
);

/** The pods that serve the stores, with their restart counts. */
async function restartsOf(names: string[]): Promise<string[]> {
  const url = clusterUrl(dataDir);
  const selector = 'labelSelector=app.kubernetes.io%2Fcomponent%3Dwordpress';
  const found = names.map(async (name) => {
    const { items } = (await (await fetch(`${url}/api/v1/namespaces/store-${name}/pods?${selector}`)).json()) as {
      items: { metadata: { name: string }; status: { containerStatuses?: { restartCount: number }[] } }[];
    };
    return items.map(
      ({ metadata, status }) => `${name} ${metadata.name} ${status.containerStatuses?.[0]?.restartCount}`,
    );
  });
  return (await Promise.all(found)).flat();
}

/**
 * `npm run demo -- [COUNT]`: creates stores of every engine at once and shows their progress live. One of them gets an image that
 * does not exist; the demo shows why it fails and corrects it, and then deletes all stores. Exits with 1 if a step fails.
 */
import { randomUUID } from 'node:crypto';
import type { EngineView, Store, StoreValues } from '@shopyard/contracts';
import { DemoStores } from './demo/demo-stores.ts';
import { ownServer } from './demo/own-server.ts';
import { startScreen } from './demo/screen.ts';
import { seconds } from './lib/format.ts';
import { type Api, connect } from '@shopyard/sdk';
import { readToken } from './lib/read-token.ts';
import { fail, print, sentenceOf, serverUrl, UsageError } from './lib/script.ts';

const DEFAULT_COUNT = 6;
const MAX_COUNT = 50;
/** Longer than the slowest store on a small real cluster. */
const STEP_TIMEOUT_MS = 10 * 60_000;

function countOf(args: readonly string[]): number {
  const text = args.find((arg) => arg !== '--count' && !arg.startsWith('--help')) ?? String(DEFAULT_COUNT);
  const count = Number(text.replace('--count=', ''));
  if (Number.isInteger(count) && count >= 1 && count <= MAX_COUNT) return count;
  throw new UsageError(`usage: npm run demo -- [COUNT]  (1 to ${MAX_COUNT} stores, not "${text}")`);
}

/** Those that create stores now: none that is installed for its first store, and takes minutes for that. */
async function enginesOf(api: Api): Promise<EngineView[]> {
  const { engines } = await api.trpc.platform.get.query();
  return engines.filter(({ runs, notice }) => runs !== 'unavailable' && notice === undefined);
}

/** Values with which its shop can't start. */
function wrongImage({ components }: EngineView): StoreValues {
  const key = components.find(({ role }) => role === 'web')?.valuesKey ?? '';
  return { [key]: { image: { tag: 'no-such-tag' } } };
}

async function demo(api: Api, count: number): Promise<void> {
  const engines = await enginesOf(api);
  const shown = new DemoStores(api);
  const deadline = AbortSignal.timeout(STEP_TIMEOUT_MS);
  using screen = startScreen(shown);
  const run = randomUUID().slice(0, 4);
  const started = performance.now();

  const stores = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const engine = engines[index % engines.length];
      if (!engine) throw new UsageError('the demo needs an engine whose stores can be created');
      const values = index === count - 1 ? wrongImage(engine) : {};
      const input = { name: `demo-${run}-${index + 1}`, engine: engine.id, values };
      return api.trpc.stores.create.mutate(input, { context: { idempotencyKey: randomUUID() } });
    }),
  );
  shown.add(stores);

  const unlucky = stores.at(-1);
  if (!unlucky) throw new UsageError('the demo needs a store');
  const failed = await shown.until(unlucky.id, (store) => store?.reason?.startsWith('Image') ?? false, deadline);
  screen.note(`${unlucky.name} can't start: ${failed?.message ?? ''}`);
  await api.trpc.stores.update.mutate({ id: unlucky.id, values: {} });
  screen.note(`${unlucky.name}: image corrected, upgrading`);

  const ready = await Promise.all(
    stores.map(({ id }) => shown.until(id, (store) => store?.phase === 'Ready', deadline)),
  );
  const provisioned = performance.now() - started;

  await Promise.all(stores.map(({ id }) => api.trpc.stores.remove.mutate({ id })));
  await Promise.all(stores.map(({ id }) => shown.until(id, (store) => store === undefined, deadline)));
  screen[Symbol.dispose]();
  summarise(ready, { provisioned, total: performance.now() - started });
}

function summarise(
  stores: readonly (Store | undefined)[],
  { provisioned, total }: { provisioned: number; total: number },
): void {
  print('');
  for (const store of stores) {
    if (!store?.readyAt) throw new Error('a store is Ready without a time');
    print(
      `  ${store.name.padEnd(20)} ${store.engine.padEnd(12)} ready after ${seconds(Date.parse(store.readyAt) - Date.parse(store.createdAt))}`,
    );
  }
  print('');
  print(
    `${stores.length} stores provisioned in ${seconds(provisioned)}, all deleted after ${seconds(total)}. Nothing is left.`,
  );
}

let url = serverUrl();
try {
  const count = countOf(process.argv.slice(2));
  await using server = await ownServer(url);
  url = server.url;
  await using api = connect(url, { token: readToken(url) });
  await demo(api, count);
} catch (error) {
  fail(`The demo failed: ${sentenceOf(error, url)}`);
}

/** Real stores survive a kill of the embedded cluster: their processes end and restart. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test, vi } from 'vitest';
import { childOf, isRunning } from '../support/processes.ts';
import { openStore } from '../support/open-store.ts';

const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'shopyard');
const HAS_ZIPS = ['wordpress-7.1.zip', 'woocommerce-11.0.1.zip'].every((name) => existsSync(join(CACHE, name)));
if (!HAS_ZIPS) process.stderr.write(`A killed cluster is not tested with real stores: no zips in ${CACHE}.\n`);

/** Pids of the processes that serve stores, from their lock files. */
const servingIn = (dataDir: string): number[] =>
  readdirSync(join(dataDir, 'volumes')).flatMap((name) => {
    const file = join(dataDir, 'volumes', name, 'serve.pid');
    return existsSync(file) ? [(JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid] : [];
  });

test.runIf(HAS_ZIPS)(
  'store processes restart and the shop answers again under the same server',
  { timeout: 400_000 },
  async () => {
    using dir = temporaryDir();
    const env = { SHOPYARD_EMBEDDED_STORES: 'real', SHOPYARD_SIMULATOR_SPEED: '0.2' };
    await using server = await startServerProcess({ dataDir: dir.path, env });
    await using api = connect(server.url);
    using stores = new StoreRecorder(api);
    await api.trpc.stores.create.mutate({ name: 'survivor' });
    await stores.allReady(1, 180_000);
    const before = servingIn(dir.path);
    expect(before).toHaveLength(1);

    process.kill(childOf(server.pid, 'simulator/src/main.ts') ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(before.filter(isRunning)).toEqual([]), { timeout: 30_000 });
    const isOpen = async (): Promise<void> => {
      const page = await openStore(server.url, 'survivor', '/shop/');
      expect(page.status).toBe(200);
      expect(page.body).toContain('woocommerce');
    };
    await vi.waitFor(isOpen, { timeout: 180_000, interval: 1000 });
    await vi.waitFor(async () => {
    const { stores: [store] } = await api.trpc.stores.list.query();
    expect(store?.phase).toBe('Ready');
  }, { timeout: 180_000, interval: 500 }); // prettier-ignore
    expect(isRunning(server.pid)).toBe(true);
    expect(servingIn(dir.path)).toHaveLength(1);
  },
);

/** Real stores survive a kill of the embedded cluster: their processes end and restart. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test, vi } from 'vitest';
import { childOf, isRunning } from '../support/processes.ts';
import { openStore } from '../support/open-store.ts';
import { copiedStoresEnv, MISSING } from '@shopyard/testkit/real-stores';

if (MISSING) process.stderr.write(`A killed cluster is not tested with real stores: ${MISSING} is not there.\n`);

/** Pids of the processes that serve stores, from their lock files. */
const servingIn = (dataDir: string): number[] =>
  readdirSync(join(dataDir, 'volumes')).flatMap((name) => {
    const file = join(dataDir, 'volumes', name, 'serve.pid');
    return existsSync(file) ? [(JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid] : [];
  });

test.skipIf(MISSING)(
  'store processes restart and the shop answers again under the same server',
  { timeout: 400_000 },
  async () => {
    using dir = temporaryDir();
    await using server = await startServerProcess({ dataDir: dir.path, env: copiedStoresEnv(dir.path) });
    await using api = connect(server.url);
    using stores = new StoreRecorder(api);
    await api.trpc.stores.create.mutate({ name: 'survivor' });
    await stores.allReady(1, 180_000);
    const before = servingIn(dir.path);
    expect(before).toHaveLength(1);

    process.kill(childOf(server.pid, 'simulator.db') ?? 0, 'SIGKILL');
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

/** A merchant at work in an embedded store: it stays Ready and open whatever they sell and whatever a plugin hides. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Condition } from '@shopyard/contracts';
import { beforeAll, expect, test } from 'vitest';
import { openStore, type StorePage } from '../support/open-store.ts';
import { MISSING, PATIENCE_MS, copiedStoresEnv } from '@shopyard/testkit/real-stores';
import { useServer } from '../support/use-server.ts';

if (MISSING) process.stderr.write(`Embedded stores are not tested for real: ${MISSING} is not there.\n`);

const PLUGIN = fileURLToPath(new URL('../support/merchant-plugin.php', import.meta.url));
const used = useServer();
const { dataDir } = used;
let id: string;

beforeAll(async () => {
  if (MISSING) return;
  await used.start(copiedStoresEnv(dataDir));
  ({ id } = await used.api.trpc.stores.create.mutate({ name: 'shop' }));
  await used.stores.phase('shop', 'Ready', PATIENCE_MS);
  const volumes = readdirSync(join(dataDir, 'volumes')).map((name) => join(dataDir, 'volumes', name));
  const content = join(volumes.find((folder) => readdirSync(folder).includes('wp-content')) ?? '', 'wp-content');
  mkdirSync(join(content, 'mu-plugins'), { recursive: true });
  copyFileSync(PLUGIN, join(content, 'mu-plugins/merchant.php'));
}, PATIENCE_MS);

const open = (path: string): Promise<StorePage> => openStore(used.server.url, 'shop', path);
const merchant = async (what: string): Promise<void> => expect((await open(`/?merchant=${what}`)).body).toBe('done');

/** Result of the check after the next revision. */
async function seenAfterUpdate(backoffLimit: number): Promise<Condition | undefined> {
  const { generation } = await used.api.trpc.stores.update.mutate({ id, values: { setup: { backoffLimit } } });
  const [store] = await used.stores.until(
    `generation ${generation} Ready`,
    ([store]) => store?.phase === 'Ready' && store.observedGeneration === generation,
    PATIENCE_MS,
  );
  return store?.conditions.find(({ type }) => type === 'StorefrontVerified');
}

test.skipIf(MISSING)(
  'stays open and Ready with a plugin that hides the login page',
  async () => {
    await merchant('hide-login');
    expect((await open('/wp-login.php')).status).toBe(404);
    const { generation } = await used.api.trpc.stores.update.mutate({ id, values: {} });
    await used.stores.until(
      'Ready',
      ([store]) => store?.phase === 'Ready' && store.observedGeneration === generation,
      PATIENCE_MS,
    );
    // The readiness probe fails three times in a row within 15 s.
    const closed = used.stores.until('closed', ([store]) => store?.phase !== 'Ready', 20_000);
    await expect(closed).rejects.toThrow('not within');
    expect((await open('/')).status).toBe(200);
    expect((await open('/wp-login.php?secret')).status).toBe(200);
  },
  PATIENCE_MS,
);

test.skipIf(MISSING)(
  'is Ready when it sells only variable products, or nothing at all',
  async () => {
    await merchant('sell-by-size');
    expect(await seenAfterUpdate(2)).toMatchObject({
      status: 'True',
      reason: 'Orderable',
      message: expect.stringMatching(/^Shirt .* \((Small|Large)\) can be ordered\.$/) as string,
    });
    await merchant('sell-nothing');
    expect(await seenAfterUpdate(3)).toMatchObject({ status: 'True', reason: 'NothingToBuy' });
  },
  2 * PATIENCE_MS,
);

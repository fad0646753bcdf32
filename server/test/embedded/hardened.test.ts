/** An embedded store against strangers. test/e2e/hardened.test.ts attacks one on a real cluster. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHECKS, type HardenedStore } from '../support/hardened-store.ts';
import { openStore } from '../support/open-store.ts';
import { copiedStoresEnv, MISSING, PATIENCE_MS } from '@shopyard/testkit/real-stores';
import { useServer } from '../support/use-server.ts';

if (MISSING) process.stderr.write(`Embedded stores are not attacked for real: ${MISSING} is not there.\n`);

const used = useServer();
const volumes = join(used.dataDir, 'volumes');
let store: HardenedStore;

beforeAll(async () => {
  if (MISSING) return;
  await used.start(copiedStoresEnv(used.dataDir));
  store = await createStore('alpha');
}, PATIENCE_MS);

async function createStore(name: string): Promise<HardenedStore> {
  const { id } = await used.api.trpc.stores.create.mutate({ name });
  await used.stores.phase(name, 'Ready', PATIENCE_MS);
  const folders = readdirSync(volumes).map((folder) => join(volumes, folder));
  const volume = folders.find((folder) => existsSync(join(folder, 'database'))) ?? expect.fail();
  return {
    open: (path, visit) => openStore(used.server.url, name, path, visit),
    login: await used.api.trpc.stores.credentials.mutate({ id }),
    putUpload(path, text) {
      const file = join(volume, 'wp-content/uploads', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return Promise.resolve();
    },
  };
}

describe.skipIf(MISSING)('an embedded store', () => {
  test.each(CHECKS)('$title', { timeout: PATIENCE_MS }, async ({ run }) => {
    expect.hasAssertions();
    await run(store);
  });
});

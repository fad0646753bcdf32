/** A merchant's changes to setup-written settings survive everything that Shopyard does to the store. */
import { expect, test, vi } from 'vitest';
import { changeEverything, seenInAdmin } from '../support/merchant.ts';
import { MISSING, copiedStoresEnv } from '@shopyard/testkit/real-stores';
import type { Open } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { REAL, uniqueName } from '../support/test-cluster.ts';

const PATIENCE_MS = 240_000;
const WOOCOMMERCE = '/var/www/html/wp-content/plugins/woocommerce';
// The store is real on the embedded cluster too.
const suite = useSuite(REAL || MISSING ? {} : copiedStoresEnv);

test(
  'keeps a merchant’s changes through a label, a repair, a retry and new values',
  { timeout: 2 * PATIENCE_MS },
  async () => {
    const missing = REAL ? suite.cluster.noOrders : MISSING;
    if (missing) return void process.stderr.write(`No merchant changes a store in this run: ${missing}.\n`);
    const store = await suite.create(uniqueName('merchant'));
    await suite.stores.phase(store.name, 'Ready', PATIENCE_MS);
    const open: Open = (path, visit) => suite.open(store.name, path, visit);
    const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl('-n', store.namespace, ...args);
    const exec = (script: string): Promise<string> =>
      kubectl('exec', 'deployment/wordpress', '-c', 'wordpress', '--', 'bash', '-c', script);

    const first = await suite.api.trpc.stores.credentials.mutate({ id: store.id });
    const owner = await changeEverything(open, first);
    if (REAL) await updateWooCommerce();
    const before = await seenInAdmin(open, owner);
    expect(before).toMatchObject({
      users: ['owner'],
      cashOnDelivery: { enabled: false },
      permalinks: '/archive/%post_id%',
    });

    await kubectl('label', 'service', 'wordpress', 'example.com/team=shops');
    await kubectl('delete', 'deployment', 'wordpress', '--wait=false');
    await suite.stores.phase(store.name, 'Degraded', PATIENCE_MS);
    await suite.stores.phase(store.name, 'Ready', PATIENCE_MS);
    await suite.api.trpc.stores.retry.mutate({ id: store.id });
    expect(await seenInAdmin(open, owner)).toEqual(before);
    expect(await kubectl('get', 'jobs', '-l', 'app.kubernetes.io/component=setup', '-o', 'name')).toBe(
      'job.batch/setup-1\n',
    );

    const values = { size: 'medium', store: { title: 'From values', currency: 'JPY' } };
    await suite.api.trpc.stores.update.mutate({ id: store.id, values });
    await suite.settled(store.id, 2, PATIENCE_MS);
    // On a busy node a shop may not find its database for a moment, though both are ready.
    await vi.waitFor(async () => expect(await seenInAdmin(open, owner)).toEqual(before), 30_000);
    expect(await kubectl('logs', 'job/setup-2')).toContain('setup: blogname was changed in wp-admin, and stays');
    if (REAL) expect(await exec(`grep -h '^ \\* Version:' ${WOOCOMMERCE}/woocommerce.php`)).toContain('11.0.2');

    /** Updates a plugin as wp-admin does, when there is no newer version to download. */
    async function updateWooCommerce(): Promise<void> {
      const files = `${WOOCOMMERCE}/woocommerce.php ${WOOCOMMERCE}/includes/class-woocommerce.php`;
      await exec(`sed -i 's/11\\.0\\.1/11.0.2/' ${files}`);
      await open('/');
    }
  },
);

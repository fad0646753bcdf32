/** Attacks a store on a real cluster. test/embedded/hardened.test.ts attacks those of the embedded cluster. */
import { beforeAll, describe, expect, test } from 'vitest';
import { CHECKS, type HardenedStore } from '../support/hardened-store.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();

describe.skipIf(!REAL)('a store on a real cluster', () => {
  let store: HardenedStore;

  beforeAll(async () => {
    const { noOrders } = suite.cluster;
    if (noOrders) process.stderr.write(`No store is attacked in this run: ${noOrders}.\n`);
    else store = await createStore();
  }, PATIENCE_MS);

  test.each(CHECKS)('$title', { timeout: PATIENCE_MS }, async ({ run }) => {
    if (suite.cluster.noOrders) return;
    expect.hasAssertions();
    await run(store);
  });

  test('PHP of the store can neither change nor delete the hardening', async () => {
    if (suite.cluster.noOrders) return;
    const plugin = '/var/www/html/wp-content/mu-plugins/0-shopyard-hardening.php';
    for (const code of [
      `unlink('${plugin}')`,
      `rename('${plugin}', '${plugin}.off')`,
      `file_put_contents('${plugin}', '')`,
    ])
      expect(await execPhp(`var_export(@${code});`), code).toBe('false');
    expect((await store.open('/xmlrpc.php')).status).toBe(403);
  });

  test('moving the must-use plugins folder away disables no hardening', async () => {
    if (suite.cluster.noOrders) return;
    const folder = '/var/www/html/wp-content/mu-plugins';
    expect(await execPhp(`var_export(rename('${folder}', '${folder}.off'));`)).toBe('true');
    try {
      expect((await store.open('/xmlrpc.php')).status).toBe(403);
      expect((await store.open('/')).status).toBe(200);
      // A merchant's own must-use plugins in a new folder load as well.
      await execPhp(`mkdir('${folder}'); file_put_contents('${folder}/own.php', '<?php header("X-Own: loaded");');`);
      expect((await store.open('/wp-login.php')).headers['x-own']).toBe('loaded');
      expect((await store.open('/xmlrpc.php')).status).toBe(403);
    } finally {
      await execPhp(`@unlink('${folder}/own.php'); @rmdir('${folder}'); rename('${folder}.off', '${folder}');`);
    }
  });

  let execPhp: (code: string) => Promise<string>;

  async function createStore(): Promise<typeof store> {
    const created = await suite.create(uniqueName('hardened'));
    await suite.stores.phase(created.name, 'Ready', PATIENCE_MS);
    const exec = (...command: string[]): Promise<string> =>
      suite.tools.kubectl('exec', '-n', created.namespace, 'deploy/wordpress', '-c', 'wordpress', '--', ...command);
    execPhp = (code) => exec('php', '-r', code);
    return {
      open: (path, visit) => suite.open(created.name, path, visit),
      login: await suite.api.trpc.stores.credentials.mutate({ id: created.id }),
      async putUpload(path, text) {
        const file = `/var/www/html/wp-content/uploads/${path}`;
        const content = Buffer.from(text).toString('base64');
        await execPhp(
          `@mkdir(dirname('${file}'), 0755, true); file_put_contents('${file}', base64_decode('${content}'));`,
        );
      },
    };
  }
});

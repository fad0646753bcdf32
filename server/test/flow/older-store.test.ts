/**
 * A store of an earlier version: its database, a namespace without an owner label, release records in Secrets, and
 * objects from before the chart hardened stores. Today's server takes it over and upgrades it in place.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, startServerProcess, StoreRecorder } from '@shopyard/testkit';
import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { ADDRESS_LABEL, GENERATION_LABEL, INSTALLATION_LABEL, STORE_ID_LABEL } from '../../src/domain/labels.ts';
import { createStoreResources } from '../../src/cluster/resources.ts';
import * as stores from '../../src/storage/sqlite/migrations/0001-stores.ts';
import * as recovery from '../../src/storage/sqlite/migrations/0002-recovery.ts';
import * as reasons from '../../src/storage/sqlite/migrations/0003-reasons.ts';
import { useOwnClusterForEach } from '../support/own-cluster-for-each.ts';
import { OLD_STORE } from '../support/old-store.ts';
import { toolsFor } from '../support/tools.ts';

const OLDER_CHART = fileURLToPath(new URL('../fixtures/older-store', import.meta.url));
const { createdAt: CREATED_AT, namespace: NAMESPACE } = OLD_STORE;
const { signal } = new AbortController();

const own = useOwnClusterForEach();

/** The earlier server's database: its tables, the store's row, its history and its idempotency key. */
async function writeOlderDatabase(dataDir: string): Promise<void> {
  mkdirSync(dataDir);
  const sqlite = new SQLite(join(dataDir, 'shopyard.db'));
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
  const migrations = { '0001-stores': stores, '0002-recovery': recovery, '0003-reasons': reasons };
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  sqlite.exec(`
    INSERT INTO stores (id, name, namespace, engine, store_values, generation, desired, created_at, created_by, phase,
      observed_generation, verified_revision, ready_at)
    VALUES ('${OLD_STORE.id}', 'old', '${NAMESPACE}', 'woocommerce', '{}', 1, 'present', '${CREATED_AT}', 'local', 'Ready', 1, 1,
      '${CREATED_AT}');
    INSERT INTO store_events (store_id, at, kind, actor, what, message)
    VALUES ('${OLD_STORE.id}', '${CREATED_AT}', 'call', 'local', 'create', '');
    INSERT INTO idempotency_keys (key, request, store_id, created_at)
    VALUES ('k', '{}', '${OLD_STORE.id}', '${CREATED_AT}');
    INSERT INTO milestones (name, at) VALUES ('rebuilt', '${CREATED_AT}');`);
  await db.destroy();
}

/** Namespace, credentials and release as the earlier server and its chart created them. */
async function installOlderStore(): Promise<void> {
  const stores = createStoreResources({ client: own.client, engines, installation: 'in_0000000000000000' });
  await stores.ensureNamespace(OLD_STORE, signal);
  await own.cluster.tools.kubectl('label', 'namespace', NAMESPACE, `${INSTALLATION_LABEL}-`);
  await stores.ensureCredentials(OLD_STORE, signal);
  const labels = [`${STORE_ID_LABEL}=${OLD_STORE.id}`, `${GENERATION_LABEL}=1`, `${ADDRESS_LABEL}=earlier`].join(',');
  const earlier = toolsFor(own.cluster.kubeconfig, own.dir, { HELM_DRIVER: 'secret' });
  await earlier.helm('install', 'old', OLDER_CHART, '--namespace', NAMESPACE, '--labels', labels);
  await own.cluster.tools.kubectl('wait', '-n', NAMESPACE, '--for=condition=available', 'deployment/wordpress');
}

/** State that the upgrade must preserve: claims with their volumes, workloads, passwords. */
async function kept(): Promise<string> {
  const read = (kinds: string, columns: string): Promise<string> =>
    own.cluster.tools.kubectl('get', kinds, '-n', NAMESPACE, '-o', `custom-columns=${columns}`);
  return (
    (await read('persistentvolumeclaims', 'NAME:.metadata.name,UID:.metadata.uid,VOLUME:.spec.volumeName')) +
    (await read('deployments,statefulsets', 'NAME:.metadata.name,UID:.metadata.uid')) +
    (await read('secrets/store-credentials', 'NAME:.metadata.name,PASSWORD:.data.mariadb-password'))
  );
}

test('upgrades a store of an earlier version in place; keeps volumes, passwords and both histories', async () => {
  const dataDir = join(own.dir, 'data');
  await writeOlderDatabase(dataDir);
  await installOlderStore();
  const before = await kept();
  expect(before).toMatch(/data-mariadb-0 [^]*wordpress-content [^]*mariadb [^]*store-credentials /);

  await using server = await startServerProcess({ dataDir, env: own.cluster.env });
  await using api = connect(server.url);
  using recorder = new StoreRecorder(api);
  // The server's address differs from the earlier one's, so the store moves, which is an upgrade.
  const url = `http://old.localhost:${new URL(server.url).port}`;
  await recorder.until('moved', ([found]) => found?.phase === 'Ready' && found.url === url && found.pods.ready === 2);
  await api.trpc.stores.update.mutate({ id: OLD_STORE.id, values: { store: { title: 'Renamed' } } });
  await recorder.until(
    'generation 2',
    ([found]) => found?.phase === 'Ready' && found.observedGeneration === 2 && found.reason === undefined,
  );

  expect(await kept()).toBe(before);
  const revisions = JSON.parse(
    await own.cluster.tools.helm('history', 'old', '-n', NAMESPACE, '-o', 'json'),
  ) as object[];
  expect(revisions).toMatchObject([
    { revision: 1, status: 'superseded' },
    { revision: 2 },
    { revision: 3, status: 'deployed' },
  ]);
  const deployment = await own.cluster.tools.kubectl('get', 'deployment', 'wordpress', '-n', NAMESPACE, '-o', 'yaml');
  expect(deployment).toContain('mountPath: /var/www/html/wp-content/mu-plugins/0-shopyard-hardening.php');
  const namespace = await own.cluster.tools.kubectl('get', 'namespace', NAMESPACE, '-o', 'yaml');
  expect(namespace).toMatch(/shopyard\.dev\/installation: in_[0-9a-f]{16}/);
  const { timeline } = await api.trpc.stores.timeline.query({ id: OLD_STORE.id });
  expect(timeline.filter(({ kind }) => kind === 'call')).toMatchObject([{ what: 'create' }, { what: 'update' }]);
});

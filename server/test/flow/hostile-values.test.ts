/** A line break in a value never injects an object, whether values come from a call or from the cluster. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldIssue } from '@shopyard/contracts';
import { connect, type ServerProcess, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';
import { readSchema, stringLeavesOf, withText } from '../support/string-leaves.ts';

const SMUGGLED = 'x\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: smuggled\n---\n# ';
const LEAVES = stringLeavesOf(readSchema('woocommerce')).map((leaf) => ({
  values: withText({}, leaf, SMUGGLED),
  field: ['values', ...leaf.path, ...(leaf.isKey ? [JSON.stringify(SMUGGLED).slice(1, -1).slice(0, 100)] : [])].join(
    '.',
  ),
}));

interface Answer {
  status: number;
  issues: FieldIssue[];
}

async function send(url: string, method: string, body: object | string): Promise<Answer> {
  const response = await fetch(url, { method, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const { error } = (await response.json()) as { error?: { issues?: FieldIssue[] } };
  return { status: response.status, issues: error?.issues ?? [] };
}

/** Every namespace and every other object that doesn't come and go by itself. */
const objectsOf = ({ tools }: OwnCluster): Promise<string> =>
  tools.kubectl('get', 'namespaces,configmaps,services,deployments,statefulsets', '-A', '-o', 'name');

test('hostile text in any string of the values gets a 400 that names the field; nothing changes', async () => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  await using server = await startServerProcess({ dataDir: join(dir.path, 'data'), env: cluster.env });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const { id } = await api.trpc.stores.create.mutate({ name: 'kept' });
  await stores.phase('kept', 'Ready');
  const before = await objectsOf(cluster);

  expect(LEAVES.length).toBeGreaterThan(40);
  for (const { values, field } of LEAVES) {
    const refused = {
      status: 400,
      issues: expect.arrayContaining([expect.objectContaining({ field })]) as FieldIssue[],
    };
    expect(await send(`${server.url}/stores`, 'POST', { name: 'smuggler', values }), field).toEqual(refused);
    expect(await send(`${server.url}/stores/${id}`, 'PATCH', { values }), field).toEqual(refused);
  }
  expect(await objectsOf(cluster)).toBe(before);
  const { stores: all } = await api.trpc.stores.list.query();
  expect(all.map(({ name, phase, generation }) => [name, phase, generation])).toEqual([['kept', 'Ready', 1]]);
});

test('rejects values nested 5,000 levels deep with a readable message', async () => {
  using dir = temporaryDir();
  await using server = await startServerProcess({ dataDir: dir.path });
  const values = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
  expect(await send(`${server.url}/stores`, 'POST', `{"name": "deep", "values": ${values}}`)).toEqual({
    status: 400,
    issues: [{ field: 'values', path: ['values'], message: 'must not be nested more than 20 levels deep' }],
  });
});

test('after a lost database, a namespace with hostile values fails by field; other stores continue', async () => {
  using dir = temporaryDir();
  await using cluster = await startOwnCluster(dir.path);
  const dataDir = join(dir.path, 'data');
  const start = (): Promise<ServerProcess> => startServerProcess({ dataDir, env: cluster.env });
  const annotate = (namespace: string, values: string, ...more: string[]): Promise<string> =>
    cluster.tools.kubectl('annotate', 'namespace', namespace, '--overwrite', `shopyard.dev/values=${values}`, ...more);
  const names = ['fine', 'hostile', 'newer', 'broken', 'forged'];
  {
    const first = await start();
    await using api = connect(first.url);
    using stores = new StoreRecorder(api);
    for (const name of names) await api.trpc.stores.create.mutate({ name });
    await stores.allReady(names.length);
    await first.kill();
  }
  const hostile = JSON.stringify({ wordpress: { storage: { className: SMUGGLED } } });
  await annotate('store-hostile', hostile);
  await annotate('store-newer', hostile, 'shopyard.dev/generation=7');
  await annotate('store-broken', '{"wordpress": ');
  await annotate('store-forged', '{}', 'shopyard.dev/store-name=kube-system');
  for (const file of readdirSync(dataDir)) if (file.startsWith('shopyard.db')) rmSync(join(dataDir, file));
  const objects = await objectsOf(cluster);

  await using second = await start();
  await using api = connect(second.url);
  using stores = new StoreRecorder(api);
  const settled = await stores.until(
    'all judged',
    (all) => all.length === 4 && all.every(({ phase }) => phase === 'Ready' || phase === 'Failed'),
  );
  const said = Object.fromEntries(
    settled.map(({ name, phase, reason, message }) => [name, { phase, reason, message }]),
  );
  const field = 'values.wordpress.storage.className: must not contain line breaks or control characters.';
  const failed = { phase: 'Failed', reason: 'InvalidValues' };
  expect(said['fine']).toMatchObject({ phase: 'Ready' });
  expect(said['hostile']).toEqual({ ...failed, message: `${field} Correct the store's settings.` });
  expect(said['newer']).toEqual({ ...failed, message: `${field} Correct the store's settings.` });
  expect(said['broken']).toMatchObject({
    ...failed,
    message: expect.stringContaining('shopyard.dev/values') as string,
  });
  expect(second.log()).toMatch(/"namespace":"store-forged".*a namespace was not taken for a store/);
  expect(await objectsOf(cluster)).toBe(objects);

  // Only its values hold it up.
  const { id } = settled.find(({ name }) => name === 'newer') ?? { id: '' };
  await api.trpc.stores.update.mutate({ id, values: {} });
  await stores.phase('newer', 'Ready');
});

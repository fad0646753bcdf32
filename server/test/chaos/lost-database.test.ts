/** A missing or damaged database, or a full disk, loses nothing that the cluster knows and needs no intervention. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type ServerProcess, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';

let dir: ReturnType<typeof temporaryDir>;
let cluster: OwnCluster;
let dataDir: string;

beforeEach(async () => {
  dir = temporaryDir();
  cluster = await startOwnCluster(dir.path);
  dataDir = join(dir.path, 'data');
});
afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

const start = (): Promise<ServerProcess> => startServerProcess({ dataDir, env: cluster.env });
const values = { store: { title: 'A title of its own' } };

test('recovers all stores and deletions in progress without a database; a forced deletion still works', async () => {
  const first = await start();
  let ids: string[];
  {
    await using api = connect(first.url);
    using stores = new StoreRecorder(api);
    const kept = await api.trpc.stores.create.mutate({ name: 'kept', labels: { team: 'shops' } });
    const leaving = await api.trpc.stores.create.mutate({ name: 'leaving' });
    await stores.allReady(2);
    await api.trpc.stores.update.mutate({ id: kept.id, values });
    await stores.until('generation 2', (all) =>
      all.some(({ observedGeneration, phase }) => observedGeneration === 2 && phase === 'Ready'),
    );
    await cluster.tools.kubectl('annotate', 'namespace', 'store-kept', 'test=1');
    const finalizer = '{"metadata": {"finalizers": ["example.com/hold"]}}';
    await cluster.tools.kubectl('patch', 'service', 'mariadb', '-n', 'store-leaving', '--type=merge', '-p', finalizer);
    await stores.until('settled', (all) => all.every(({ phase }) => phase === 'Ready'));
    await api.trpc.stores.update.mutate({ id: kept.id, labels: { team: 'ops' } });
    const namespace = (): Promise<string> => cluster.tools.kubectl('get', 'namespace', 'store-kept', '-o', 'yaml');
    await expect.poll(namespace).toContain('"team":"ops"');
    await api.trpc.stores.remove.mutate({ id: leaving.id });
    await stores.until('what holds it', (all) => all.some(({ message }) => message?.includes('example.com/hold')));
    ids = [kept.id, leaving.id];
    await first.kill();
  }
  for (const file of readdirSync(dataDir)) if (file.startsWith('shopyard.db')) rmSync(join(dataDir, file));

  await using second = await start();
  await using api = connect(second.url);
  using stores = new StoreRecorder(api);
  const [kept, leaving] = await stores.until(
    'both',
    (all) => all.length === 2 && all.some(({ phase }) => phase === 'Ready'),
  );
  expect([kept?.id, leaving?.id]).toEqual(ids);
  expect(kept).toMatchObject({
    name: 'kept',
    generation: 2,
    createdBy: expect.any(String) as string,
    engine: 'woocommerce',
    labels: { team: 'ops' },
  });
  expect(second.log()).toContain('they were found in the cluster');
  const { timeline } = await api.trpc.stores.timeline.query({ id: kept?.id ?? '' });
  expect(timeline[0]).toMatchObject({ what: 'rebuilt' });
  expect(await cluster.tools.helm('get', 'values', 'kept', '-n', 'store-kept')).toContain(values.store.title);
  await expect(api.trpc.stores.create.mutate({ name: 'kept' })).rejects.toThrow(/exists/);

  const id = leaving?.id ?? '';
  expect(leaving?.phase).toBe('Deleting');
  await expect(api.trpc.stores.forceRemove.mutate({ id, confirm: 'kept' })).rejects.toThrow(
    /type the store's name, "leaving"/,
  );
  await expect(api.trpc.stores.forceRemove.mutate({ id: kept?.id ?? '', confirm: 'kept' })).rejects.toThrow(
    /delete the store first/,
  );
  await api.trpc.stores.forceRemove.mutate({ id, confirm: 'leaving' });
  await stores.gone('leaving');
  await expect(cluster.tools.kubectl('get', 'namespace', 'store-leaving')).rejects.toThrow(/not found/);
});

test('sets a damaged database aside unchanged and recovers the stores', async () => {
  const first = await start();
  {
    await using api = connect(first.url);
    using stores = new StoreRecorder(api);
    await api.trpc.stores.create.mutate({ name: 'alpha' });
    await stores.phase('alpha', 'Ready');
  }
  await first.stop();
  const damage = 'this is no database any more\n'.repeat(400);
  writeFileSync(join(dataDir, 'shopyard.db'), damage);

  await using second = await start();
  await using api = connect(second.url);
  using stores = new StoreRecorder(api);
  await stores.phase('alpha', 'Ready');
  expect(second.log()).toMatch(/the database is damaged: kept it as .*shopyard\.db\.damaged-/);
  const aside = readdirSync(dataDir).find((file) => /^shopyard\.db\.damaged-[\dTZ-]+$/.test(file)) ?? '';
  expect(execFileSync('cat', [join(dataDir, aside)], { encoding: 'utf8' })).toBe(damage);
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMount) process.stderr.write('A full disk is not tried: making one needs root on Linux.\n');

/** A disk of 4 MB at this path, until the scope ends. */
function smallDisk(path: string): Disposable {
  mkdirSync(path);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path]);
  return { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', path]) };
}

test.runIf(canMount)('answers 503 with the reason on a full disk and recovers by itself', async () => {
  using _disk = smallDisk(dataDir);
  await using server = await start();
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  await api.trpc.stores.create.mutate({ name: 'before' });
  await stores.phase('before', 'Ready');

  const filler = join(dataDir, 'filler');
  expect(() => writeFileSync(filler, Buffer.alloc(8 * 1024 * 1024))).toThrow(/ENOSPC/);
  const post = (name: string): Promise<Response> =>
    fetch(`${server.url}/stores`, { method: 'POST', body: JSON.stringify({ name }) });
  // Space that the database already reserved takes a few more.
  await expect
    .poll(async () => (await post(`full-${Math.random().toString(36).slice(2, 8)}`)).status, { timeout: 20_000 })
    .toBe(503);
  expect(await (await post('refused')).json()).toMatchObject({
    error: { code: 'unavailable', message: expect.stringContaining('free some space') as string },
  });
  expect((await fetch(`${server.url}/stores`)).status).toBe(200);
  // The server retries the disk every five seconds.
  const readiness = async (): Promise<number> => (await fetch(`${server.url}/readyz`)).status;
  await expect.poll(readiness).toBe(503);

  rmSync(filler);
  expect((await post('after')).status).toBe(202);
  await stores.phase('after', 'Ready');
  await stores.until('all', (all) => all.every(({ phase }) => phase === 'Ready'));
  await expect.poll(readiness).toBe(200);
});

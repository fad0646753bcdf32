/** Two servers, one cluster: one works there, the other refuses or leaves alone what is not its own. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TimelineEntry } from '@shopyard/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Api, connect } from '../support/api.ts';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';
import { type ServerProcess, startServerProcess, temporaryDir } from '../support/server-process.ts';
import { StoreRecorder } from '../support/store-recorder.ts';
import { toolsFor } from '../support/tools.ts';

/** Its Lease lasts 3 seconds. */
const PACED = fileURLToPath(new URL('../support/paced-main.ts', import.meta.url));
/** All of them share one clock. */
const PACED_SINCE = String(Date.now());
const KINDS = 'namespaces,deployments,statefulsets,services,configmaps,secrets,jobs,persistentvolumeclaims,pods';

let dir: ReturnType<typeof temporaryDir>;
let cluster: OwnCluster;

beforeEach(async () => {
  dir = temporaryDir();
  cluster = await startOwnCluster(dir.path);
});
afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

interface StartOptions {
  env?: Record<string, string>;
  main?: string;
}

const start = (name: string, { env = {}, main }: StartOptions = {}): Promise<ServerProcess> =>
  startServerProcess({
    dataDir: join(dir.path, name),
    env: { ...cluster.env, ...env },
    ...(main ? { main } : {}),
  });
const paced = (name: string, env: Record<string, string> = {}): Promise<ServerProcess> =>
  start(name, { env: { PACED_SINCE, ...env }, main: PACED });
const idOf = (name: string): string => readFileSync(join(dir.path, name, 'installation'), 'utf8').trim();

/** Every object of the stores with its version and the writers of its fields. */
async function fingerprint(kinds = KINDS): Promise<string[]> {
  const args = ['get', kinds, '-A', '-l', 'shopyard.dev/store-id', '--show-managed-fields', '-o', 'json'];
  const { items } = JSON.parse(await cluster.tools.kubectl(...args)) as {
    items: { kind: string; metadata: { name: string; namespace?: string; resourceVersion: string } }[];
  };
  return items.map(({ kind, metadata }) => `${kind} ${metadata.name} ${JSON.stringify(metadata)}`).toSorted();
}

async function createReady(server: ServerProcess, name: string): Promise<string> {
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  const { id } = await api.trpc.stores.create.mutate({ name });
  await stores.phase(name, 'Ready');
  return id;
}

const holder = (): Promise<string> =>
  cluster.tools.kubectl('get', 'lease', 'shopyard', '-n', 'shopyard', '-o', 'jsonpath={.spec.holderIdentity}');
const release = async (store: string): Promise<{ revision: string; url: string }> => {
  const args = [store, '-n', `store-${store}`, '-o', 'json'];
  const [latest] = JSON.parse(await cluster.tools.helm('history', ...args)).toReversed() as { revision: number }[];
  const values = JSON.parse(await cluster.tools.helm('get', 'values', ...args)) as { store: { url: string } };
  return { revision: String(latest?.revision), url: values.store.url };
};

test('a second server refuses in one sentence with holder and remedy, and changes nothing', async () => {
  await using first = await start('first');
  await createReady(first, 'alpha');
  await expect.poll(() => cluster.tools.kubectl('get', 'lease', '-n', 'shopyard', '-o', 'yaml')).toContain(first.url);
  const before = await fingerprint();
  const sentence = new RegExp(
    `ended with 1 [^]*shopyard: This cluster is run by Shopyard ${idOf('first')} \\(v[\\d.]+, at ${first.url}, renewed \\d+ s ago\\)\\. Stop it, or adopt its stores once it is stopped: SHOPYARD_ADOPT=${idOf('first')}\\n$`,
  );
  await expect(start('second')).rejects.toThrow(sentence);
  // The word is not enough while the holder lives.
  await expect(start('second', { env: { SHOPYARD_ADOPT: idOf('first') } })).rejects.toThrow(sentence);
  expect(await fingerprint()).toEqual(before);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
});

test('it refuses on the cluster inside the data directory of a server that runs, too', async () => {
  await using first = await startServerProcess({ dataDir: join(dir.path, 'first') });
  const kubeconfig = join(dir.path, 'first', 'simulator.kubeconfig');
  await expect(start('second', { env: { KUBECONFIG: kubeconfig } })).rejects.toThrow(
    `This cluster is run by Shopyard ${idOf('first')}`,
  );
  const lease = await toolsFor(kubeconfig, dir.path).kubectl('get', 'lease', '-n', 'shopyard', '-o', 'yaml');
  expect(lease).toContain(`,${first.pid},`);
});

test('of two that start at once, one wins', async () => {
  const both = await Promise.allSettled([start('first'), start('second')]);
  const winners = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const [loser] = both.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  await Promise.all(winners.map((server) => server.stop()));
  expect(winners).toHaveLength(1);
  expect(loser).toContain('This cluster is run by Shopyard in_');
});

test('stopped by SIGTERM it gives the cluster back: another starts at once', async () => {
  const first = await start('first');
  expect(await first.stop()).toBe(0);
  expect(await holder()).toBe('');
  await using second = await start('second');
  expect(await holder()).toContain(`${idOf('second')}/`);
  expect(second.log()).not.toContain('run out');
});

test('kill -9 of the holder: on the same data directory it goes on at once', async () => {
  const first = await start('first');
  await createReady(first, 'alpha');
  await first.kill();
  const begun = Date.now();
  await using again = await start('first');
  await createReady(again, 'beta');
  expect(Date.now() - begun).toBeLessThan(20_000);
  expect(again.log()).not.toMatch(/waiting for its Lease|run out/);
});

describe('a copied data directory', () => {
  const copy = (withLock: boolean): void => {
    cpSync(join(dir.path, 'first'), join(dir.path, 'copy'), { recursive: true });
    if (!withLock) rmSync(join(dir.path, 'copy', 'server.pid'));
  };

  test('is refused while the other lives, with its lock and without', async () => {
    await using first = await paced('first');
    copy(true);
    await expect(paced('copy')).rejects.toThrow(`pid ${first.pid}`);
    rmSync(join(dir.path, 'copy'), { recursive: true });
    copy(false);
    await expect(paced('copy')).rejects.toThrow(
      /holds the cluster: waiting for its Lease to run out[^]*another process of this Shopyard, in_[^]*Stop it/,
    );
    expect(await holder()).toContain(`,${first.pid},`);
  });

  test('stands by, and goes on within 40 s when the other is killed', async () => {
    const first = await start('first');
    await createReady(first, 'alpha');
    copy(false);
    const begun = Date.now();
    const standby = start('copy');
    await first.kill();
    await using second = await standby;
    expect(Date.now() - begun).toBeLessThan(40_000);
    expect(second.log()).toContain('waiting for its Lease to run out');
    await createReady(second, 'beta');
  });
});

test('stopped past its Lease and going on, it writes nothing, refuses what would change something, and says why', async () => {
  const first = await paced('first');
  const id = await createReady(first, 'alpha');
  await expect(paced('second')).rejects.toThrow('This cluster is run by Shopyard');
  process.kill(first.pid, 'SIGSTOP');
  await sleep(3500);
  await using second = await paced('second');
  const before = await fingerprint();
  process.kill(first.pid, 'SIGCONT');
  const calls = [
    ['POST', '/stores', { name: 'beta' }],
    ['PATCH', `/stores/${id}`, { values: { size: 'large' } }],
    ['POST', `/stores/${id}/retry`, undefined],
    ['POST', `/stores/${id}/credentials`, undefined],
    ['DELETE', `/stores/${id}`, undefined],
    ['POST', `/stores/${id}/force-remove`, { confirm: 'alpha' }],
    ['POST', '/platform/adopt', { installation: 'in_0000000000000000', confirm: 'in_0000000000000000' }],
  ] as const;
  const refused = new RegExp(
    `has gone to Shopyard ${idOf('second')} \\(v[\\d.]+, at ${second.url}\\).*To get it back, stop that one and start this one again`,
  );
  for (const [method, path, body] of calls) {
    const answer = await fetch(first.url + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    expect([answer.status, await answer.json()], `${method} ${path}`).toEqual([
      503,
      { error: { code: 'unavailable', message: expect.stringMatching(refused) as string } },
    ]);
  }
  // Looking goes on, and what was refused has left no trace.
  for (const path of ['/stores', `/stores/${id}`, '/platform', '/platform/overview?hours=1'])
    expect((await fetch(first.url + path)).status, path).toBe(200);
  const history = (await (await fetch(`${first.url}/stores/${id}/timeline`)).json()) as { timeline: TimelineEntry[] };
  expect(history.timeline.filter(({ kind }) => kind === 'call').map(({ what }) => what)).toEqual(['create']);
  await expect
    .poll(async () => (await fetch(`${first.url}/readyz`)).text())
    .toContain(`has gone to Shopyard ${idOf('second')}`);
  await sleep(2000);
  expect(await fingerprint()).toEqual(before);
  expect(await holder()).toContain(`,${second.pid},`);
  const { cluster: health } = (await (await fetch(`${first.url}/platform`)).json()) as { cluster: object };
  expect(health).toMatchObject({ readOnly: expect.stringContaining('this server changes nothing there') as string });
  await first.stop();
  // It gives back what it holds, and nothing else.
  expect(await holder()).toContain(`,${second.pid},`);
});

describe("another installation's stores, once it is gone", () => {
  let owner: string;

  beforeEach(async () => {
    const first = await paced('first');
    await createReady(first, 'alpha');
    await createReady(first, 'beta');
    owner = idOf('first');
    await first.kill();
    await sleep(3200);
  });

  const withApi = async (server: ServerProcess, run: (api: Api, stores: StoreRecorder) => Promise<void>) => {
    await using api = connect(server.url);
    using stores = new StoreRecorder(api);
    await run(api, stores);
  };

  test('are left alone and listed, their names are a conflict, and removing that one leaves them', async () => {
    const before = await fingerprint();
    await using second = await paced('second');
    await expect.poll(() => second.log()).toContain(`stores of ${owner} (2), not managed`);
    expect(second.log()).toContain(`SHOPYARD_ADOPT=${owner}`);
    await withApi(second, async (api, stores) => {
      expect((await api.trpc.stores.list.query()).stores).toEqual([]);
      const { cluster: health } = await api.trpc.platform.get.query();
      expect(health.unmanaged).toEqual([{ installation: owner, stores: 2 }]);
      const { id } = await api.trpc.stores.create.mutate({ name: 'alpha' });
      await stores.until('a conflict', (all) => all.some(({ reason }) => reason === 'NamespaceConflict'));
      await api.trpc.stores.remove.mutate({ id });
      await stores.gone('alpha');
    });
    expect(await fingerprint()).toEqual(before);
  });

  test('are adopted by name after a list of changes, and change only when they are asked to', async () => {
    const [workloads, was] = [await fingerprint('deployments,statefulsets,pods,secrets'), await release('alpha')];
    let id = '';
    let second = await paced('second');
    await withApi(second, async (api, stores) => {
      const { stores: found } = await api.trpc.platform.adoptable.query({ installation: owner });
      expect(found.map(({ name }) => name)).toEqual(['alpha', 'beta']);
      expect(found[0]).toMatchObject({
        installation: owner,
        removalAsked: false,
        release: { revision: 1, status: 'deployed', url: was.url, chart: expect.stringMatching(/^store-/) as string },
        changes: [{ what: 'store.url', before: was.url, after: `http://alpha.localhost:${new URL(second.url).port}` }],
      });
      const adopt = { installation: owner, stores: ['alpha'] };
      await expect(api.trpc.platform.adopt.mutate({ ...adopt, confirm: 'yes' })).rejects.toThrow(/type the install/);
      expect(await api.trpc.platform.adopt.mutate({ ...adopt, confirm: owner })).toEqual({
        adopted: ['alpha'],
        skipped: [],
      });
      const [alpha] = await stores.phase('alpha', 'Ready');
      expect(alpha).toMatchObject({ reason: 'Adopted', url: was.url, generation: 1 });
      id = alpha?.id ?? '';
      const { timeline } = await api.trpc.stores.timeline.query({ id });
      expect(timeline[0]).toMatchObject({ kind: 'call', actor: 'local', what: 'adopt', message: `from ${owner}` });
    });
    await second.stop();

    // Neither a restart nor a lost database nor an object that is changed from outside makes it be touched.
    for (const file of ['', '-wal', '-shm']) rmSync(join(dir.path, 'second', `shopyard.db${file}`), { force: true });
    second = await paced('second');
    await withApi(second, async (api, stores) => {
      const [alpha] = await stores.until('adopted', (all) => all.some(({ reason }) => reason === 'Adopted'));
      expect(alpha).toMatchObject({ id, url: was.url });
      await sleep(1500);
      expect(await fingerprint('deployments,statefulsets,pods,secrets')).toEqual(workloads);
      await api.trpc.stores.retry.mutate({ id });
      await stores.until('managed', (all) =>
        all.some(
          ({ phase, reason, generation, observedGeneration }) =>
            phase === 'Ready' && !reason && generation === 2 && observedGeneration === 2,
        ),
      );
    });
    expect(await release('alpha')).toEqual({
      revision: '2',
      url: `http://alpha.localhost:${new URL(second.url).port}`,
    });
    expect(await release('beta')).toMatchObject({ revision: '1' });
    await second.stop();
  });

  test('are adopted by the word at the start; what the former had begun to remove stays until it is asked for here', async () => {
    const before = await fingerprint('deployments,statefulsets,pods,secrets');
    await cluster.tools.kubectl('annotate', 'namespace', 'store-beta', 'shopyard.dev/desired=absent', '--overwrite');
    await using second = await paced('second', { SHOPYARD_ADOPT: owner });
    await withApi(second, async (api, stores) => {
      const all = await stores.until(
        'both',
        (found) => found.length === 2 && found.every(({ phase, reason }) => phase === 'Ready' && reason === 'Adopted'),
      );
      expect(await fingerprint('deployments,statefulsets,pods,secrets')).toEqual(before);
      const id = all.find(({ name }) => name === 'beta')?.id ?? '';
      const { timeline } = await api.trpc.stores.timeline.query({ id });
      expect(timeline[0]).toMatchObject({
        actor: 'SHOPYARD_ADOPT',
        message: expect.stringContaining('removal') as string,
      });
      await api.trpc.stores.remove.mutate({ id });
      await stores.gone('beta');
    });
  });

  test('from before the label are ours where our database knows them, and unknown elsewhere', async () => {
    const label = (value: string): Promise<string> =>
      cluster.tools.kubectl('label', 'namespace', 'store-alpha', 'store-beta', `shopyard.dev/installation${value}`);
    await label('-');
    const second = await paced('second');
    await expect.poll(() => second.log()).toContain('stores of unknown (2), not managed');
    await second.stop();
    await using first = await paced('first');
    await withApi(first, async (_api, stores) => void (await stores.allReady(2)));
    const labelled = await cluster.tools.kubectl('get', 'ns', '-l', `shopyard.dev/installation=${owner}`, '-o', 'name');
    expect(labelled).toContain('store-alpha');
    expect(labelled).toContain('store-beta');
  });
});

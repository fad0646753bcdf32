/**
 * The server is killed right after each side effect of each operation; the next server brings the store to its desired
 * state. One release, one namespace, one secret with the same password, no duplicates.
 */
import { fileURLToPath } from 'node:url';
import type { Store, HistoryEntry } from '@shopyard/contracts';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { expect, test } from 'vitest';
import type { CrashPoint } from '../../src/kit/crash-points.ts';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';

const CRASHING = fileURLToPath(new URL('../support/crashing-main.ts', import.meta.url));
const NAME = 'alpha';
const NAMESPACE = 'store-alpha';

interface Settled {
  api: Api;
  cluster: OwnCluster;
  id: string;
  timeline: HistoryEntry[];
}

interface Scenario {
  what: string;
  /** The store exists beforehand. */
  onReady: boolean;
  /** The call that the crash interrupts. */
  call: number;
  act: (api: Api, stores: StoreRecorder, id: string) => Promise<unknown>;
  /** Expected effects, each with the number of occurrences before the kill. */
  points: (CrashPoint | `${CrashPoint}:${number}`)[];
  /** Where the store ends; Ready if absent. */
  phase?: 'Suspended';
  /** It is suspended beforehand; `changed`: and its values are changed, which waits. */
  asleep?: true | 'changed';
  /** Of a store that existed; 2 if absent. */
  generation?: number;
  /** What else holds in the end. */
  check?: (settled: Settled) => Promise<void>;
  gone: boolean;
}

const create = (api: Api): Promise<{ id: string }> =>
  api.trpc.stores.create.mutate({ name: NAME }, { context: { idempotencyKey: 'key-of-this-create' } });
const publishing = ['status-written', 'status-written:2', 'event-published', 'event-published:2'] as const;

/** Its window opens on the third day from now. */
async function waits(api: Api, stores: StoreRecorder, id: string): Promise<void> {
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const day = days[(new Date().getUTCDay() + 3) % 7] ?? 'sun';
  await api.trpc.stores.setWindow.mutate({ id, window: { tz: 'Etc/UTC', days: [day], from: '02:00', to: '03:00' } });
  await api.trpc.stores.update.mutate({ id, values: { store: { title: 'Renamed' } } });
  await stores.until('the wait', ([store]) => store?.reason === 'ChangeWaiting');
}

const scenarios: Scenario[] = [
  {
    what: 'create',
    onReady: false,
    call: 1,
    act: create,
    points: [
      'row-written',
      'namespace-applied',
      'secret-created',
      'helm-started',
      'helm-exited',
      ...publishing,
      'status-written:3',
    ],
    gone: false,
  },
  {
    what: 'update of values',
    onReady: true,
    call: 2,
    act: (api, _stores, id) => api.trpc.stores.update.mutate({ id, values: { store: { title: 'Renamed' } } }),
    points: ['row-written', 'namespace-applied', 'secret-created', 'helm-started', 'helm-exited', ...publishing],
    gone: false,
  },
  {
    what: 'rollback',
    onReady: true,
    call: 3,
    act: async (api, stores, id) => {
      await api.trpc.stores.update.mutate({ id, values: { store: { title: 'Renamed' } } });
      await stores.until('the update', ([store]) => store?.phase === 'Ready' && store.observedGeneration === 2);
      await api.trpc.stores.rollback.mutate({ id });
    },
    points: ['row-written', 'namespace-applied', 'secret-created', 'helm-started', 'helm-exited', ...publishing],
    generation: 3,
    check: expectRolledBack,
    gone: false,
  },
  {
    what: 'change that waits and is applied',
    onReady: true,
    call: 3,
    act: async (api, stores, id) => {
      await waits(api, stores, id);
      await api.trpc.stores.applyNow.mutate({ id, reason: 'it can wait no longer' });
    },
    points: ['row-written', 'namespace-applied', 'secret-created', 'helm-started', 'helm-exited', ...publishing],
    check: expectAppliedOnce,
    gone: false,
  },
  {
    what: 'change that waits and is taken back',
    onReady: true,
    call: 3,
    act: async (api, stores, id) => {
      await waits(api, stores, id);
      await api.trpc.stores.cancel.mutate({ id });
    },
    points: ['row-written', 'status-written', 'event-published'],
    generation: 1,
    check: expectUntouched,
    gone: false,
  },
  {
    what: 'restart',
    onReady: true,
    call: 2,
    act: (api, _stores, id) => api.trpc.stores.restart.mutate({ id, component: 'mariadb' }),
    points: ['row-written', 'pods-restarted', 'status-written', 'status-written:2', 'event-published'],
    generation: 1,
    check: expectRestarted,
    gone: false,
  },
  {
    what: 'suspension',
    onReady: true,
    call: 2,
    act: (api, _stores, id) => api.trpc.stores.suspend.mutate({ id }),
    // The CronJob, the shop, its Jobs, the database.
    points: [
      'row-written',
      'pods-switched',
      'pods-switched:2',
      'tasks-ended',
      'pods-switched:3',
      'status-written',
      'status-written:2',
      'event-published',
    ],
    generation: 1,
    phase: 'Suspended',
    gone: false,
  },
  {
    what: 'resume',
    onReady: true,
    asleep: true,
    call: 3,
    act: (api, _stores, id) => api.trpc.stores.resume.mutate({ id }),
    points: [
      'row-written',
      'pods-switched',
      'pods-switched:2',
      'pods-switched:3',
      'status-written',
      'status-written:2',
      'event-published',
    ],
    generation: 1,
    gone: false,
  },
  {
    what: 'resume with a change that waited',
    onReady: true,
    asleep: 'changed',
    call: 4,
    act: (api, _stores, id) => api.trpc.stores.resume.mutate({ id }),
    points: ['row-written', 'namespace-applied', 'helm-started', 'helm-exited', ...publishing],
    gone: false,
  },
  {
    what: 'delete',
    onReady: true,
    call: 2,
    act: (api, _stores, id) => api.trpc.stores.remove.mutate({ id }),
    points: [
      'row-written',
      'helm-started',
      'helm-exited',
      'release-deleted',
      'namespace-deleted',
      'status-written',
      'event-published',
    ],
    gone: true,
  },
  {
    what: 'delete while creating',
    onReady: false,
    call: 2,
    act: async (api, stores) => {
      const { id } = await create(api);
      await stores.phase(NAME, 'Provisioning');
      await api.trpc.stores.remove.mutate({ id });
    },
    // Creation may be cancelled before a namespace or release exists: only these effects are certain.
    points: ['row-written', 'status-written', 'event-published'],
    gone: true,
  },
  {
    what: 'delete while its pods come up',
    onReady: false,
    call: 2,
    act: async (api, stores) => {
      const { id } = await create(api);
      const deployed = ({ conditions }: Store): boolean =>
        conditions.some(({ type, status }) => type === 'ReleaseDeployed' && status === 'True');
      await stores.until('a release', (all) => all.some(deployed));
      await api.trpc.stores.remove.mutate({ id });
    },
    points: ['helm-started', 'helm-exited', 'release-deleted', 'namespace-deleted'],
    gone: true,
  },
];

const cases = scenarios.flatMap((scenario) => scenario.points.map((point) => ({ ...scenario, point })));
let tried = 0;

test.each(cases)(
  '$what recovers from a kill after $point',
  async ({ what, onReady, call, act, point, gone, ...expected }) => {
    using dir = temporaryDir();
    await using cluster = await startOwnCluster(dir.path);
    const start = (env: Record<string, string> = {}, main?: string): Promise<ServerProcess> =>
      startServerProcess({ dataDir: `${dir.path}/data`, env: { ...cluster.env, ...env }, ...(main ? { main } : {}) });

    let id = '';
    let password: string | undefined;
    const doomed = await start({ CRASH_AT: point, CRASH_CALL: String(call) }, CRASHING);
    {
      await using api = connect(doomed.url);
      using stores = new StoreRecorder(api);
      if (onReady) {
        ({ id } = await create(api));
        await stores.phase(NAME, 'Ready');
        if (expected.asleep) {
          await api.trpc.stores.suspend.mutate({ id });
          await stores.phase(NAME, 'Suspended');
        }
        if (expected.asleep === 'changed')
          await api.trpc.stores.update.mutate({ id, values: { store: { title: 'Renamed' } } });
        password = await secretOf(cluster);
      } else await stores.until('a snapshot', () => true);
      await Promise.race([act(api, stores, id).catch(() => undefined), doomed.ended]);
      expect(await doomed.ended, 'it was killed by its own hand').toBeNull();
    }
    const early = await secretOf(cluster);

    await using after = await start();
    await using api = connect(after.url);
    using stores = new StoreRecorder(api);
    if (gone) {
      await stores.gone(NAME);
      expect(await cluster.tools.kubectl('get', 'namespaces,persistentvolumes', '-o', 'name')).not.toContain(NAME);
      tried += 1;
      return;
    }
    // A client that got no response retries and gets the same store.
    if (!onReady) ({ id } = await create(api));
    const generation = onReady ? (expected.generation ?? 2) : 1;
    await stores.until(
      'the end',
      ([store]) =>
        store?.phase === (expected.phase ?? 'Ready') &&
        store.generation === generation &&
        store.observedGeneration === generation,
    );
    expect(stores.stores.size).toBe(1);
    const releases = JSON.parse(await cluster.tools.helm('list', '-A', '-o', 'json')) as { revision: string }[];
    expect(releases).toMatchObject([{ name: NAME, status: 'deployed' }]);
    // Only a helm that was killed itself leaves a revision, which is undone by another.
    const revisions = Number(releases[0]?.revision) - generation;
    expect(revisions, 'helm ran once for each generation').toBeLessThanOrEqual(
      point.startsWith('helm-started') ? 2 : 0,
    );
    const namespaces = await cluster.tools.kubectl('get', 'namespaces', '-o', 'name');
    expect(namespaces.match(/store-/g)).toHaveLength(1);
    expect(await secretOf(cluster)).toBe(password ?? (early === '' ? await secretOf(cluster) : early));
    const { timeline } = await api.trpc.stores.timeline.query({ id });
    expect(repeated(timeline)).toEqual([]);
    const values = await cluster.tools.helm('get', 'values', NAME, '-n', NAMESPACE);
    expect(values, 'the release has the values of this store').toContain(id);
    if (what === 'update of values') expect(values).toContain('Renamed');
    if (expected.phase) await expectSwitched(cluster, '0 0 true');
    if (expected.asleep)
      await expectSwitched(cluster, '1 1 false', generation === 1 ? /^$/ : /^job.batch\/setup-\d+\n$/);
    await expected.check?.({ api, cluster, id, timeline });
    tried += 1;
  },
);

test('prints a summary', () => {
  process.stderr.write(`Crash points × scenarios tried: ${tried} of ${cases.length}.\n`);
  expect(tried).toBe(cases.length);
});

/** The database password in the cluster; empty if there is none. */
async function secretOf({ tools }: OwnCluster): Promise<string> {
  return tools
    .kubectl('get', 'secret', 'store-credentials', '-n', NAMESPACE, '-o', 'jsonpath={.data.mariadb-password}')
    .catch(() => '');
}

/** Once, whatever was killed: the former values, in one generation and one revision more. */
async function expectRolledBack({ api, cluster, id, timeline }: Settled): Promise<void> {
  const { revisions } = await api.trpc.stores.revisions.query({ id });
  expect(revisions.map(({ generation, outcome }) => [generation, outcome])).toEqual([
    [3, 'verified'],
    [2, 'rolled_back'],
    [1, 'verified'],
  ]);
  expect(timeline.filter(({ kind, what }) => kind === 'call' && what === 'rollback')).toHaveLength(1);
  expect(await cluster.tools.helm('get', 'values', NAME, '-n', NAMESPACE)).not.toContain('Renamed');
}

/** Once, whatever was killed: one revision, one call that began it, nothing that waits. */
async function expectAppliedOnce({ api, cluster, id, timeline }: Settled): Promise<void> {
  const { revisions } = await api.trpc.stores.revisions.query({ id });
  expect(revisions.map(({ generation, outcome }) => [generation, outcome])).toEqual([
    [2, 'verified'],
    [1, 'verified'],
  ]);
  expect(timeline.filter(({ kind, what }) => kind === 'call' && what === 'apply-now')).toHaveLength(1);
  expect(await cluster.tools.helm('get', 'values', NAME, '-n', NAMESPACE)).toContain('Renamed');
  await expectNothingOpen({ api, cluster, id });
}

async function expectUntouched({ api, cluster, id, timeline }: Settled): Promise<void> {
  expect((await api.trpc.stores.revisions.query({ id })).revisions).toHaveLength(1);
  expect(timeline.filter(({ kind, what }) => kind === 'call' && what === 'cancel')).toHaveLength(1);
  expect(await cluster.tools.helm('get', 'values', NAME, '-n', NAMESPACE)).not.toContain('Renamed');
  await expectNothingOpen({ api, cluster, id });
}

/** Neither in the database nor in the namespace, from which a lost one is rebuilt. */
async function expectNothingOpen({ api, cluster: { tools }, id }: Omit<Settled, 'timeline'>): Promise<void> {
  await expect.poll(async () => (await api.trpc.stores.get.query({ id })).operation).toBeUndefined();
  await expect
    .poll(() => tools.kubectl('get', 'namespace', NAMESPACE, '-o', 'jsonpath={.metadata.annotations}'))
    .not.toContain('shopyard.dev/waiting');
}

/** Once, whatever was killed: one rollout, one entry at most, and no other revision. */
async function expectRestarted({ cluster: { tools }, timeline }: Settled): Promise<void> {
  const kubectl = (...args: string[]): Promise<string> => tools.kubectl('-n', NAMESPACE, ...args);
  const generation = (): Promise<string> => kubectl('get', 'sts', 'mariadb', '-o', 'jsonpath={.metadata.generation}');
  await expect.poll(generation).toBe('2');
  expect(timeline.filter(({ kind, what }) => kind === 'action' && what === 'restart').length).toBeLessThan(2);
  expect(timeline.filter(({ kind, what }) => kind === 'call' && what === 'restart')).toHaveLength(1);
  expect(await kubectl('get', 'jobs', '-o', 'name')).toBe('job.batch/setup-1\n');
}

/** The workloads and the CronJob are as wanted, and no setup ran for it, or one that a changed store needs. */
async function expectSwitched({ tools }: OwnCluster, wanted: string, jobs = /^$/): Promise<void> {
  const kubectl = (...args: string[]): Promise<string> => tools.kubectl('-n', NAMESPACE, ...args);
  const path = '{.items[*].spec.replicas} {.items[*].spec.suspend}';
  const state = (): Promise<string> => kubectl('get', 'deploy,sts,cronjob', '-o', `jsonpath=${path}`);
  await expect.poll(state).toBe(wanted);
  await expect.poll(() => kubectl('get', 'jobs', '-o', 'name')).toMatch(jobs);
}

/** Entries that repeat the previous entry of their kind. */
function repeated(timeline: HistoryEntry[]): string[] {
  const ofKind = (kind: string): string[] =>
    timeline.filter((entry) => entry.kind === kind).map(({ what, message }) => `${what} ${message}`);
  const phases = ofKind('phase').map((text) => text.split(' ')[0]);
  return [
    ...phases.filter((phase, index) => phase === phases[index - 1]).map((phase) => `phase ${phase}`),
    ...ofKind('call').filter((text, index, all) => all.indexOf(text) !== index),
    ...ofKind('action').filter((text, index, all) => text.startsWith('install') && all.indexOf(text) !== index),
  ];
}

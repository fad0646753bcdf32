/**
 * The server is killed right after each side effect of each operation; the next server brings the store to its desired
 * state. One release, one namespace, one secret with the same password, no duplicates.
 */
import type { HistoryEntry, Store } from '@shopyard/contracts';
import type { Api } from '@shopyard/testkit';
import { describe, expect, test } from 'vitest';
import type { OwnCluster } from '../support/own-cluster.ts';
import { type CountedCrashPoint, useServerLine } from '../support/server-line.ts';

type Line = ReturnType<typeof useServerLine>;

/** The store of a test: each has its own, on a cluster that has those of the tests before. */
interface Mine {
  name: string;
  namespace: string;
  /** Empty until it exists. */
  id: string;
}

interface Settled extends Mine {
  api: Api;
  cluster: OwnCluster;
  timeline: HistoryEntry[];
}

interface Scenario {
  what: string;
  /** The store exists beforehand. */
  onReady: boolean;
  /** What goes before the call. */
  prepare?: (line: Line, store: Mine) => Promise<unknown>;
  /** The call that the crash interrupts. */
  act: (api: Api, store: Mine) => Promise<unknown>;
  /** Expected effects, each with the number of occurrences before the kill. */
  points: CountedCrashPoint[];
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

const create = (api: Api, { name }: Mine): Promise<{ id: string }> =>
  api.trpc.stores.create.mutate({ name }, { context: { idempotencyKey: `key-of-${name}` } });
const rename = (api: Api, { id }: Mine): Promise<unknown> =>
  api.trpc.stores.update.mutate({ id, values: { store: { title: 'Renamed' } } });
const publishing = ['status-written', 'status-written:2', 'event-published', 'event-published:2'] as const;

/** Its window opens on the third day from now. */
async function waits({ api, stores }: Line, store: Mine): Promise<void> {
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const day = days[(new Date().getUTCDay() + 3) % 7] ?? 'sun';
  const window = { tz: 'Etc/UTC', days: [day], from: '02:00', to: '03:00' };
  await api.trpc.stores.setWindow.mutate({ id: store.id, window });
  await rename(api, store);
  await stores.until('the wait', (all) => all.some(({ id, reason }) => id === store.id && reason === 'ChangeWaiting'));
}

const scenarios: Scenario[] = [
  {
    what: 'create',
    onReady: false,
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
    act: rename,
    points: ['row-written', 'namespace-applied', 'secret-created', 'helm-started', 'helm-exited', ...publishing],
    gone: false,
  },
  {
    what: 'larger size',
    onReady: true,
    act: (api, { id }) => api.trpc.stores.update.mutate({ id, values: { size: 'large' } }),
    points: ['setups-deleted', 'helm-exited', 'volumes-grown'],
    check: expectGrown,
    gone: false,
  },
  {
    what: 'rollback',
    onReady: true,
    prepare: async ({ api, stores }, store) => {
      await rename(api, store);
      await stores.until('the update', (all) =>
        all.some(
          ({ id, phase, observedGeneration }) => id === store.id && phase === 'Ready' && observedGeneration === 2,
        ),
      );
    },
    act: (api, { id }) => api.trpc.stores.rollback.mutate({ id }),
    points: ['row-written', 'namespace-applied', 'secret-created', 'helm-started', 'helm-exited', ...publishing],
    generation: 3,
    check: expectRolledBack,
    gone: false,
  },
  {
    what: 'change that waits and is applied',
    onReady: true,
    prepare: waits,
    act: (api, { id }) => api.trpc.stores.applyNow.mutate({ id, reason: 'it can wait no longer' }),
    points: ['row-written', 'namespace-applied', 'secret-created', 'helm-started', 'helm-exited', ...publishing],
    check: appliedOnce('apply-now'),
    gone: false,
  },
  {
    what: 'change that waits and is taken back',
    onReady: true,
    prepare: waits,
    act: (api, { id }) => api.trpc.stores.cancel.mutate({ id }),
    points: ['row-written', 'status-written', 'event-published'],
    generation: 1,
    check: expectUntouched,
    gone: false,
  },
  {
    what: 'restart',
    onReady: true,
    act: (api, { id }) => api.trpc.stores.restart.mutate({ id, component: 'mariadb' }),
    points: ['row-written', 'pods-restarted', 'status-written', 'status-written:2', 'event-published'],
    generation: 1,
    check: expectRestarted,
    gone: false,
  },
  {
    what: 'suspension',
    onReady: true,
    act: (api, { id }) => api.trpc.stores.suspend.mutate({ id }),
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
    act: (api, { id }) => api.trpc.stores.resume.mutate({ id }),
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
    act: (api, { id }) => api.trpc.stores.resume.mutate({ id }),
    points: ['row-written', 'namespace-applied', 'helm-started', 'helm-exited', ...publishing],
    check: appliedOnce('resume'),
    gone: false,
  },
  {
    what: 'change of a suspended store that is taken back',
    onReady: true,
    asleep: 'changed',
    act: (api, { id }) => api.trpc.stores.cancel.mutate({ id }),
    points: ['row-written', 'status-written', 'event-published'],
    generation: 1,
    phase: 'Suspended',
    check: expectUntouched,
    gone: false,
  },
  {
    what: 'delete',
    onReady: true,
    act: (api, { id }) => api.trpc.stores.remove.mutate({ id }),
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
    prepare: async ({ api, stores }, store) => {
      Object.assign(store, await create(api, store));
      await stores.phase(store.name, 'Provisioning');
    },
    act: (api, { id }) => api.trpc.stores.remove.mutate({ id }),
    // Creation may be cancelled before a namespace or release exists: only these effects are certain.
    points: ['row-written', 'status-written', 'event-published'],
    gone: true,
  },
  {
    what: 'delete while its pods come up',
    onReady: false,
    prepare: async ({ api, stores }, store) => {
      Object.assign(store, await create(api, store));
      const deployed = ({ id, conditions }: Store): boolean =>
        id === store.id && conditions.some(({ type, status }) => type === 'ReleaseDeployed' && status === 'True');
      await stores.until('a release', (all) => all.some(deployed));
    },
    act: (api, { id }) => api.trpc.stores.remove.mutate({ id }),
    points: ['helm-started', 'helm-exited', 'release-deleted', 'namespace-deleted'],
    gone: true,
  },
];

const cases = scenarios.flatMap(({ points }) => points).length;
let tried = 0;

describe.each(scenarios)('$what', (scenario) => {
  const line = useServerLine();

  test.each(scenario.points.map((point, index) => ({ point, name: `alpha-${index}` })))(
    'recovers from a kill after $point',
    async ({ point, name }) => {
      const store: Mine = { name, namespace: `store-${name}`, id: '' };
      const { cluster } = line;
      const password = scenario.onReady ? await makeReady(line, store, scenario) : undefined;
      await scenario.prepare?.(line, store);
      await line.arm(point);
      await line.dies(scenario.act(line.api, store));
      const early = await secretOf(cluster, store);

      await line.next();
      const { api, stores } = line;
      if (scenario.gone) {
        await stores.gone(name);
        const left = await Promise.all(
          ['namespaces', 'persistentvolumes'].map((plural) => cluster.read(`/api/v1/${plural}`)),
        );
        expect(left.flat().filter(({ metadata }) => metadata.name.includes(name))).toEqual([]);
        tried += 1;
        return;
      }
      // A client that got no response retries and gets the same store.
      if (!scenario.onReady) Object.assign(store, await create(api, store));
      await expectSettled(line, store, scenario, point);
      expect(await secretOf(cluster, store)).toBe(password ?? (early === '' ? await secretOf(cluster, store) : early));
      const { timeline } = await api.trpc.stores.timeline.query({ id: store.id });
      expect(repeated(timeline)).toEqual([]);
      const settled = { ...store, api, cluster, timeline };
      const values = await valuesOf(settled);
      expect(values, 'the release has the values of this store').toContain(store.id);
      if (scenario.what === 'update of values') expect(values).toContain('Renamed');
      await scenario.check?.(settled);
      tried += 1;
    },
  );
});

test('prints a summary', () => {
  process.stderr.write(`Crash points × scenarios tried: ${tried} of ${cases}.\n`);
  expect(tried).toBe(cases);
});

/** A store that is Ready, or asleep. Resolves with its database password. */
async function makeReady({ api, stores, cluster }: Line, store: Mine, { asleep }: Scenario): Promise<string> {
  Object.assign(store, await create(api, store));
  await stores.phase(store.name, 'Ready');
  if (asleep) {
    await api.trpc.stores.suspend.mutate({ id: store.id });
    await stores.phase(store.name, 'Suspended');
  }
  if (asleep === 'changed') {
    await rename(api, store);
    await stores.until('the wait', (all) =>
      all.some(({ id, reason }) => id === store.id && reason === 'ChangeWaiting'),
    );
  }
  return secretOf(cluster, store);
}

/** One store, one namespace, one release, in the phase and generation that the scenario ends in. */
async function expectSettled(line: Line, store: Mine, scenario: Scenario, point: CountedCrashPoint): Promise<void> {
  const { stores, cluster } = line;
  const generation = scenario.onReady ? (scenario.generation ?? 2) : 1;
  const phase = scenario.phase ?? 'Ready';
  const isAtEnd = (one: Store): boolean =>
    one.id === store.id &&
    one.phase === phase &&
    one.generation === generation &&
    one.observedGeneration === generation;
  await stores.until('the end', (all) => all.some(isAtEnd));
  expect([...stores.stores.values()].filter(({ name }) => name === store.name)).toHaveLength(1);
  const releases = JSON.parse(await cluster.tools.helm('list', '-A', '-o', 'json')) as {
    name: string;
    status: string;
    revision: string;
  }[];
  expect(releases).toHaveLength(stores.stores.size);
  const mine = releases.filter(({ name }) => name === store.name);
  expect(mine).toMatchObject([{ status: 'deployed' }]);
  // Only a helm that was killed itself leaves a revision, which is undone by another.
  const revisions = Number(mine[0]?.revision) - generation;
  expect(revisions, 'helm ran once for each generation').toBeLessThanOrEqual(point.startsWith('helm-started') ? 2 : 0);
  const namespaces = await cluster.read('/api/v1/namespaces');
  expect(namespaces.filter(({ metadata }) => metadata.name.startsWith('store-'))).toHaveLength(stores.stores.size);
  if (scenario.phase) await expectSwitched(cluster, store, [0, 0, true]);
  else if (scenario.asleep)
    await expectSwitched(cluster, store, [1, 1, false], generation === 1 ? /^$/ : /^setup-\d+$/);
}

/** The database password in the cluster; empty if there is none. */
async function secretOf({ read }: OwnCluster, { namespace }: Mine): Promise<string> {
  const [secret] = await read(`/api/v1/namespaces/${namespace}/secrets/store-credentials`);
  return secret?.data?.['mariadb-password'] ?? '';
}

/** Those that the release was made with. */
const valuesOf = ({ cluster, name, namespace }: Settled): Promise<string> =>
  cluster.tools.helm('get', 'values', name, '-n', namespace);

async function expectGrown({ cluster, namespace }: Settled): Promise<void> {
  const claims = () => cluster.read(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`);
  const sizes = async () => (await claims()).map(({ spec }) => spec?.resources?.requests.storage);
  await expect.poll(sizes).toEqual(['50Gi', '50Gi']);
}

/** Once, whatever was killed: the former values, in one generation and one revision more. */
async function expectRolledBack(settled: Settled): Promise<void> {
  const { api, id, timeline } = settled;
  const { revisions } = await api.trpc.stores.revisions.query({ id });
  expect(revisions.map(({ generation, outcome }) => [generation, outcome])).toEqual([
    [3, 'verified'],
    [2, 'rolled_back'],
    [1, 'verified'],
  ]);
  expect(timeline.filter(({ kind, what }) => kind === 'call' && what === 'rollback')).toHaveLength(1);
  expect(await valuesOf(settled)).not.toContain('Renamed');
}

/** Once, whatever was killed: one revision, one call that began it, nothing that waits. */
function appliedOnce(call: 'apply-now' | 'resume'): (settled: Settled) => Promise<void> {
  return async (settled) => {
    const { api, id, timeline } = settled;
    const { revisions } = await api.trpc.stores.revisions.query({ id });
    expect(revisions.map(({ generation, outcome }) => [generation, outcome])).toEqual([
      [2, 'verified'],
      [1, 'verified'],
    ]);
    expect(timeline.filter(({ kind, what }) => kind === 'call' && what === call)).toHaveLength(1);
    expect(await valuesOf(settled)).toContain('Renamed');
    await expectNothingOpen(settled);
  };
}

async function expectUntouched(settled: Settled): Promise<void> {
  const { api, id, timeline } = settled;
  expect((await api.trpc.stores.revisions.query({ id })).revisions).toHaveLength(1);
  expect(timeline.filter(({ kind, what }) => kind === 'call' && what === 'cancel')).toHaveLength(1);
  expect(await valuesOf(settled)).not.toContain('Renamed');
  await expectNothingOpen(settled);
}

/** Neither in the database nor in the namespace, from which a lost one is rebuilt. */
async function expectNothingOpen({ api, cluster, id, namespace }: Settled): Promise<void> {
  await expect.poll(async () => (await api.trpc.stores.get.query({ id })).operation).toBeUndefined();
  const found = () => cluster.read(`/api/v1/namespaces/${namespace}`);
  expect(await found()).toHaveLength(1);
  await expect
    .poll(async () => Object.keys((await found())[0]?.metadata.annotations ?? {}))
    .not.toContain('shopyard.dev/waiting');
}

/** Once, whatever was killed: one rollout, one entry at most, and no other revision. */
async function expectRestarted({ cluster, namespace, timeline }: Settled): Promise<void> {
  const [apps, batch] = ['apps', 'batch'].map((group) => `/apis/${group}/v1/namespaces/${namespace}`);
  const generation = async () => (await cluster.read(`${apps}/statefulsets/mariadb`))[0]?.metadata.generation;
  await expect.poll(generation).toBe(2);
  expect(timeline.filter(({ kind, what }) => kind === 'action' && what === 'restart').length).toBeLessThan(2);
  expect(timeline.filter(({ kind, what }) => kind === 'call' && what === 'restart')).toHaveLength(1);
  expect((await cluster.read(`${batch}/jobs`)).map(({ metadata }) => metadata.name)).toEqual(['setup-1']);
}

/** The workloads and the CronJob are as wanted, and no setup ran for it, or one that a changed store needs. */
async function expectSwitched(
  { read }: OwnCluster,
  { namespace }: Mine,
  wanted: unknown[],
  jobs = /^$/,
): Promise<void> {
  const [apps, batch] = ['apps', 'batch'].map((group) => `/apis/${group}/v1/namespaces/${namespace}`);
  const state = async () => {
    const lists = [`${apps}/deployments`, `${apps}/statefulsets`, `${batch}/cronjobs`].map(read);
    return (await Promise.all(lists)).flat().map(({ spec }) => spec?.replicas ?? spec?.suspend);
  };
  await expect.poll(state).toEqual(wanted);
  const setups = async () => (await read(`${batch}/jobs`)).map(({ metadata }) => metadata.name).join(' ');
  await expect.poll(setups).toMatch(jobs);
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

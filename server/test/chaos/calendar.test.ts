/**
 * What a store's calendar asks for is done once, although the server was down when it was due and is killed while it does it.
 * Each server's clock is ahead of the one before, so that the times in between passed while none ran.
 */
import { fileURLToPath } from 'node:url';
import { type HistoryEntry, type Store, WEEKDAYS } from '@shopyard/contracts';
import { type Api, connect, startServerProcess, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CrashPoint } from '../../src/kit/crash-points.ts';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';

/** Its clock can be set. */
const MAIN = fileURLToPath(new URL('../support/crashing-main.ts', import.meta.url));
/** A server is started four times a night. */
const PATIENCE_MS = 180_000;
/** Within which a server reaches what it is killed at. */
const KILL_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY = 24;

type Moment = CrashPoint | `${CrashPoint}:${number}`;

let cluster: OwnCluster;
const dir = temporaryDir();
const [sleeper, guest] = [
  { name: 'sleeper', id: '' },
  { name: 'guest', id: '' },
];

async function during(ahead: number, use: (api: Api, stores: StoreRecorder) => Promise<unknown>): Promise<void> {
  const env = { ...cluster.env, HOURS_AHEAD: String(ahead) };
  await using server = await startServerProcess({ dataDir: `${dir.path}/data`, env, main: MAIN });
  await using api = connect(server.url);
  using stores = new StoreRecorder(api);
  await use(api, stores);
}

/** Resolves once the server was killed by its own hand, be it before it was ready. */
async function killed(ahead: number, crashAt: Moment): Promise<void> {
  const env = { ...cluster.env, HOURS_AHEAD: String(ahead), CRASH_AT: crashAt };
  const doomed = startServerProcess({ dataDir: `${dir.path}/data`, env, main: MAIN });
  const ended = await doomed.then(
    (server) => {
      // One that is never killed is not left behind: it ends with 0.
      const timer = setTimeout(() => void server.stop(), KILL_MS);
      return server.ended.finally(() => clearTimeout(timer));
    },
    (error: unknown) => (/ended with null/.test(String(error)) ? null : Promise.reject(error)),
  );
  expect(ended, 'it was killed by its own hand').toBeNull();
}

const kubectl = (name: string, ...args: string[]): Promise<string> =>
  cluster.tools.kubectl('-n', `store-${name}`, ...args);

async function bySchedule(api: Api, id: string): Promise<string[]> {
  const { timeline } = await api.trpc.stores.timeline.query({ id });
  const isIts = ({ actor, kind }: HistoryEntry): boolean => actor === 'schedule' && kind === 'call';
  return timeline.filter(isIts).map(({ what, message }) => `${what} ${message}`.replace(/ at .*/, ''));
}

/** The hour and minute of the cluster's clock, so many hours ahead, in the form of cron. */
function timeIn(ahead: number): string {
  const at = new Date(Date.now() + ahead * HOUR_MS);
  return `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
}

beforeAll(async () => {
  cluster = await startOwnCluster(dir.path);
  await during(0, async ({ trpc }, stores) => {
    for (const one of [sleeper, guest]) one.id = (await trpc.stores.create.mutate({ name: one.name })).id;
    await stores.allReady(2);
    const schedule = { tz: 'Etc/UTC', sleep: timeIn(8), wake: timeIn(20) };
    await trpc.stores.setSchedule.mutate({ id: sleeper.id, schedule });
    const at = new Date(Date.now() + 10 * DAY * HOUR_MS).toISOString();
    await trpc.stores.setExpiry.mutate({ id: guest.id, expiry: { at, action: 'suspend' } });
  });
}, PATIENCE_MS);

afterAll(async () => {
  await cluster?.[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

const nights: { sleep: Moment; wake: Moment }[] = [
  { sleep: 'row-written', wake: 'row-written' },
  { sleep: 'pods-switched', wake: 'pods-switched' },
  { sleep: 'pods-switched:2', wake: 'pods-switched:2' },
  { sleep: 'tasks-ended', wake: 'pods-switched:3' },
  { sleep: 'pods-switched:3', wake: 'status-written' },
  { sleep: 'status-written', wake: 'status-written:2' },
  { sleep: 'event-published', wake: 'event-published' },
];

test.each(nights.map((night, at) => ({ ...night, at })))(
  'sleeps and wakes once each, though no server ran at either time and one is killed after $sleep and after $wake',
  { timeout: PATIENCE_MS },
  async ({ sleep, wake, at }) => {
    const day = at * DAY;
    await killed(day + 9, sleep);
    await during(day + 10, async (api, stores) => {
      await stores.phase('sleeper', 'Suspended');
      expect((await bySchedule(api, sleeper.id)).slice(2 * at)).toEqual(['suspend as scheduled']);
    });
    await expect.poll(() => kubectl('sleeper', 'get', 'pods,jobs', '-o', 'name')).toBe('');

    await killed(day + 21, wake);
    await during(day + 22, async (api, stores) => {
      await stores.until('awake', (all) =>
        all.some((one) => one.name === 'sleeper' && one.phase === 'Ready' && one.pods.ready === 2),
      );
      expect((await bySchedule(api, sleeper.id)).slice(2 * at)).toEqual([
        'suspend as scheduled',
        'resume as scheduled',
      ]);
      expect(await api.trpc.stores.get.query({ id: sleeper.id })).toMatchObject({ generation: 1 });
    });
    // Neither helm nor the setup took part.
    expect(await kubectl('sleeper', 'get', 'configmaps', '-l', 'owner=helm', '-o', 'name')).toMatch(/^\S+\.v1\n$/);
    expect(await kubectl('sleeper', 'get', 'jobs', '-o', 'name')).toBe('');
  },
);

test(
  'an expiry warns twice and then suspends, though no server ran at either time; resuming ends it',
  { timeout: PATIENCE_MS },
  async () => {
    const warning = 'expires-soon to be suspended';
    await during(7 * DAY, (api) => api.trpc.stores.setSchedule.mutate({ id: sleeper.id, schedule: null }));
    for (const ahead of [7.5 * DAY, 8 * DAY])
      await during(ahead, (api) => expect.poll(() => bySchedule(api, guest.id)).toEqual([warning]));
    await during(9.5 * DAY, (api) => expect.poll(() => bySchedule(api, guest.id)).toEqual([warning, warning]));
    await killed(10 * DAY + 1, 'pods-switched');
    await during(10 * DAY + 2, async (api, stores) => {
      await stores.phase('guest', 'Suspended');
      expect(await bySchedule(api, guest.id)).toEqual([warning, warning, 'suspend expired']);
      await api.trpc.stores.resume.mutate({ id: guest.id });
      await stores.phase('guest', 'Ready');
      expect(await api.trpc.stores.get.query({ id: guest.id })).not.toHaveProperty('expiry');
    });
  },
);

test.each(
  (['row-written', 'helm-started', 'status-written'] as const).map((moment, at) => ({
    moment,
    ahead: (11 + at) * DAY,
  })),
)(
  'a change begins once when its window opens, though the server is killed after $moment in it',
  { timeout: PATIENCE_MS },
  async ({ moment, ahead }) => {
    const { id } = guest;
    const clockAt = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString().slice(11, 16);
    const window = { tz: 'Etc/UTC', days: [...WEEKDAYS], from: clockAt(ahead + 5), to: clockAt(ahead + 7) };
    let generation = 0;
    await during(ahead, async ({ trpc }, stores) => {
      await stores.phase('guest', 'Ready');
      await trpc.stores.setWindow.mutate({ id, window });
      const values = { store: { title: `Opened in hour ${ahead}` } };
      ({ generation } = await trpc.stores.update.mutate({ id, values }));
      await stores.until('the wait', (all) => all.some((one) => one.id === id && one.reason === 'ChangeWaiting'));
    });
    await killed(ahead + 6, moment);
    await during(ahead + 6.2, async (api, stores) => {
      const isDone = (store: Store): boolean =>
        store.id === id && store.phase === 'Ready' && store.observedGeneration === generation + 1;
      await stores.until('the change', (all) => all.some(isDone));
      const begun = (await bySchedule(api, id)).filter((entry) => entry.startsWith('update in its window'));
      expect(begun).toHaveLength(generation);
      expect((await api.trpc.stores.revisions.query({ id })).revisions).toHaveLength(generation + 1);
    });
  },
);

/** Schedules and expiries are carried out by a server whose clock runs ten times as fast, after a restart and a lost database too. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OwnCluster, startOwnCluster } from '../support/own-cluster.ts';

const PACED = fileURLToPath(new URL('../support/paced-main.ts', import.meta.url));
const PATIENCE_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

let dir: ReturnType<typeof temporaryDir>;
let cluster: OwnCluster;
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;

/** The time at which the server's clock begins. */
async function start(since: number): Promise<void> {
  const env = { ...cluster.env, PACED_SINCE: String(since) };
  server = await startServerProcess({ dataDir: join(dir.path, 'data'), env, main: PACED });
  api = connect(server.url);
  stores = new StoreRecorder(api);
  await stores.until('a snapshot', () => true);
}

async function stop(): Promise<void> {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
}

beforeEach(async () => {
  dir = temporaryDir();
  cluster = await startOwnCluster(dir.path);
});
afterEach(async () => {
  await stop();
  await cluster[Symbol.asyncDispose]();
  dir[Symbol.dispose]();
});

const reached = (phase: string): Promise<unknown> =>
  stores.until(phase, ([store]) => store?.phase === phase, PATIENCE_MS);

async function calls(id: string): Promise<string[]> {
  const { timeline } = await api.trpc.stores.timeline.query({ id });
  return timeline
    .filter(({ kind }) => kind === 'call')
    .map(({ actor, what, message }) => `${actor} ${what} ${message}`);
}

test('a store sleeps and wakes by its schedule; what a stopped server and a lost database missed is made up for', async () => {
  const now = Date.now();
  await start(now);
  const { id } = await api.trpc.stores.create.mutate({ name: 'alpha' });
  await reached('Ready');
  const tz = 'Etc/UTC';
  const time = new Date(Date.now() + 10 * 60 * 60_000);
  const daily = (minutes: number): string => {
    const at = new Date(time.getTime() + minutes * 60_000);
    return `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
  };
  const schedule = { tz, sleep: daily(0), wake: daily(300) };
  const set = await api.trpc.stores.setSchedule.mutate({ id, schedule });
  expect(set).toMatchObject({ schedule, generation: 1, phase: 'Ready' });
  const annotation = (): Promise<string> => cluster.tools.kubectl('get', 'namespace', 'store-alpha', '-o', 'yaml');
  await expect.poll(annotation).toContain(schedule.sleep);
  await stop();

  // A day and more later the latest time is that of the sleep.
  for (const file of readdirSync(join(dir.path, 'data')))
    if (file.startsWith('shopyard.db')) rmSync(join(dir.path, 'data', file));
  await start(time.getTime() + DAY_MS + 60 * 60_000);
  await reached('Suspended');
  expect(await calls(id)).toEqual(['schedule suspend as scheduled']);
  await stop();
  await start(time.getTime() + DAY_MS + 6 * 60 * 60_000);
  await reached('Ready');
  expect(await calls(id)).toEqual(['schedule suspend as scheduled', 'schedule resume as scheduled']);
  await api.trpc.stores.suspend.mutate({ id });
  await reached('Suspended');
  expect(await api.trpc.stores.setSchedule.mutate({ id, schedule: null })).not.toHaveProperty('schedule');
});

test('a store is warned of, and ends as its expiry says', async () => {
  const now = Date.now();
  await start(now);
  const { id } = await api.trpc.stores.create.mutate({ name: 'alpha' });
  await reached('Ready');
  const at = new Date(now + 5 * DAY_MS).toISOString();
  await api.trpc.stores.setExpiry.mutate({ id, expiry: { at, action: 'delete' } });
  for (const [days, warned] of [
    [2.5, 3],
    [4.5, 1],
  ] as const) {
    await stop();
    await start(now + days * DAY_MS);
    await stores.until('a warning', ([store]) => store?.expiry?.warned === warned, PATIENCE_MS);
  }
  expect((await calls(id)).slice(2)).toEqual([1, 2].map(() => `schedule expires-soon to be deleted at ${at}`));
  await stop();
  await start(now + 6 * DAY_MS);
  await stores.gone('alpha', PATIENCE_MS);
});

/** The store page and the overview receive pushed updates; clients never poll. */
import type { KubeEvent, Overview, ReleaseContent } from '@shopyard/contracts';
import {
  type Api,
  connect,
  type ServerProcess,
  startServerProcess,
  StoreRecorder,
  temporaryDir,
} from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const dir = temporaryDir();
let server: ServerProcess;
let api: Api;
let stores: StoreRecorder;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path });
  api = connect(server.url);
  stores = new StoreRecorder(api);
  await stores.until('a snapshot', () => true);
});

afterAll(async () => {
  stores[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

test('streams the events and release of a store while it comes up, and ends when it is deleted', async () => {
  const { id } = await api.trpc.stores.create.mutate({ name: 'alpha' });
  const lists: KubeEvent[][] = [];
  const releases: (ReleaseContent | undefined)[] = [];
  const ended: string[] = [];
  api.trpc.stores.watchEvents.subscribe(
    { id },
    { onData: ({ data }) => lists.push(data.events), onComplete: () => ended.push('events') },
  );
  api.trpc.stores.watchRelease.subscribe(
    { id },
    { onData: ({ data }) => releases.push(data.release), onComplete: () => ended.push('release') },
  );
  api.trpc.stores.watchMails.subscribe({ id }, { onComplete: () => ended.push('mails') });
  await stores.phase('alpha', 'Ready');
  await expect.poll(() => lists.at(-1)?.some(({ reason }) => reason === 'Started')).toBe(true);
  const times = lists.at(-1)?.map(({ at }) => at) ?? [];
  expect(times).toEqual(times.toSorted().toReversed());
  await expect.poll(() => releases.at(-1)?.manifest).toContain('kind: StatefulSet');
  expect(releases.at(-1)?.values).not.toContain('title: Mugs');

  await api.trpc.stores.update.mutate({ id, values: { store: { title: 'Mugs' } } });
  await expect.poll(() => releases.at(-1)?.values, { timeout: 20_000 }).toContain('title: Mugs');
  // Each state of a revision is sent at most once.
  expect(releases.length).toBeLessThan(10);

  await api.trpc.stores.remove.mutate({ id });
  await stores.gone('alpha');
  await expect.poll(() => ended.toSorted()).toEqual(['events', 'mails', 'release']);
});

test('follows nothing for a store that does not exist', async () => {
  const refused = await new Promise<unknown>((resolve) => {
    api.trpc.stores.watchEvents.subscribe({ id: 'st_none' }, { onError: ({ data }) => resolve(data?.httpStatus) });
  });
  expect(refused).toBe(404);
});

test('sends the overview again when a store changes', async () => {
  const seen: Overview[] = [];
  const overview = api.trpc.platform.watchOverview.subscribe({ hours: 1 }, { onData: ({ data }) => seen.push(data) });
  await expect.poll(() => seen.length).toBe(1);
  await api.trpc.stores.create.mutate({ name: 'beta' });
  await stores.phase('beta', 'Ready');
  await expect
    .poll(() =>
      seen
        .at(-1)
        ?.phases.find(({ phase }) => phase === 'Ready')
        ?.counts.at(-1),
    )
    .toBe(1);
  overview.unsubscribe();
});

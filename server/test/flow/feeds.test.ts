/** The store page and the overview receive pushed updates; clients never poll. */
import type { KubeEvent, Overview, ReleaseContent } from '@shopyard/contracts';
import { beforeAll, expect, test } from 'vitest';
import { useServer } from '../support/use-server.ts';

const used = useServer();

beforeAll(async () => {
  await used.start();
});

test('streams the events and release of a store while it comes up, and ends when it is deleted', async () => {
  const { id } = await used.api.trpc.stores.create.mutate({ name: 'alpha' });
  const lists: KubeEvent[][] = [];
  const releases: (ReleaseContent | undefined)[] = [];
  const ended: string[] = [];
  used.api.trpc.stores.watchEvents.subscribe(
    { id },
    { onData: ({ data }) => lists.push(data.events), onComplete: () => ended.push('events') },
  );
  used.api.trpc.stores.watchRelease.subscribe(
    { id },
    { onData: ({ data }) => releases.push(data.release), onComplete: () => ended.push('release') },
  );
  used.api.trpc.stores.watchMails.subscribe({ id }, { onComplete: () => ended.push('mails') });
  await used.stores.phase('alpha', 'Ready');
  await expect.poll(() => lists.at(-1)?.some(({ reason }) => reason === 'Started')).toBe(true);
  const times = lists.at(-1)?.map(({ at }) => at) ?? [];
  expect(times).toEqual(times.toSorted().toReversed());
  await expect.poll(() => releases.at(-1)?.manifest).toContain('kind: StatefulSet');
  expect(releases.at(-1)?.values).not.toContain('title: Mugs');

  await used.api.trpc.stores.update.mutate({ id, values: { store: { title: 'Mugs' } } });
  await expect.poll(() => releases.at(-1)?.values, { timeout: 20_000 }).toContain('title: Mugs');
  // Each state of a revision is sent at most once.
  expect(releases.length).toBeLessThan(10);

  await used.api.trpc.stores.remove.mutate({ id });
  await used.stores.gone('alpha');
  await expect.poll(() => ended.toSorted()).toEqual(['events', 'mails', 'release']);
});

test('follows nothing for a store that does not exist', async () => {
  const refused = await new Promise<unknown>((resolve) => {
    used.api.trpc.stores.watchEvents.subscribe({ id: 'st_none' }, { onError: ({ data }) => resolve(data?.httpStatus) });
  });
  expect(refused).toBe(404);
});

test('sends the overview again when a store changes', async () => {
  const seen: Overview[] = [];
  const overview = used.api.trpc.platform.watchOverview.subscribe(
    { hours: 1 },
    { onData: ({ data }) => seen.push(data) },
  );
  await expect.poll(() => seen.length).toBe(1);
  await used.api.trpc.stores.create.mutate({ name: 'beta' });
  await used.stores.phase('beta', 'Ready');
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

/** Copying an object of a store with all its labels, then deleting the copy, does the store no harm. */
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '@shopyard/contracts';
import { useSuite } from '../support/suite.ts';
import { uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
let store: Store;
beforeAll(async () => {
  store = await suite.create(uniqueName('copied'));
  await suite.settled(store.id, 1);
});

test('forgets a copied object once it is deleted, and still restores missing objects of the chart', async () => {
  const { namespace, id } = store;
  const service = await suite.tools.kubectl('get', 'service', 'mariadb', '-n', namespace, '-o', 'json');
  const { metadata, spec, ...rest } = JSON.parse(service) as {
    metadata: { labels: object };
    spec: { selector: object; ports: object[] };
  };
  const copy = { ...rest, metadata: { name: 'copy', labels: metadata.labels }, spec: { selector: spec.selector, ports: spec.ports } }; // prettier-ignore
  await suite.apply(namespace, JSON.stringify(copy));
  await suite.api.trpc.stores.update.mutate({ id, values: { store: { title: 'Copied' } } });
  await suite.settled(id, 2);

  await suite.tools.kubectl('delete', 'service', 'copy', 'wordpress', '-n', namespace);
  await suite.stores.until('missing', (all) => all.some((one) => one.id === id && one.reason === 'ObjectMissing'));
  await suite.settled(id, 2);
  const left = await suite.tools.kubectl('get', 'services', '-n', namespace, '-o', 'name');
  expect(left.trim().split('\n').toSorted()).toEqual(['service/mariadb', 'service/wordpress']);
  const { timeline } = await suite.api.trpc.stores.timeline.query({ id });
  expect(timeline.map(({ message }) => message).join('\n')).toMatch(/repair of Service\/wordpress in/);
});

import type { Caller } from '@shopyard/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FoundStore } from '../../cluster/namespace.ts';
import { openDatabase } from '../../storage/sqlite/database.ts';
import { createSqliteStorage } from '../../storage/sqlite/sqlite-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { type AdoptOptions, adoptStores } from './adopt-stores.ts';
import { settleOwners } from './settle-owners.ts';

const urlOf = ({ name }: { name: string }): string => `http://${name}.localhost`;
let storage: Storage;
beforeEach(async () => void (storage = createSqliteStorage(await openDatabase(':memory:'), urlOf)));
afterEach(() => storage.close());

function found(name: string, change: Partial<FoundStore> = {}): FoundStore {
  return {
    id: `st_${name}`,
    name,
    namespace: `store-${name}`,
    engine: 'woocommerce',
    createdBy: 'somebody',
    createdAt: '2026-01-01T00:00:00.000Z',
    generation: 3,
    desired: 'present',
    values: { size: 's' },
    profile: {},
    installation: 'in_b',
    held: undefined,
    ...change,
  };
}

/** An in-memory cluster; claimed stores no longer count as another installation's. */
function clusterOf(stores: FoundStore[]): AdoptOptions & { claimed: string[] } {
  const claimed: string[] = [];
  return {
    storage,
    claimed,
    cluster: {
      listOthers: () => Promise.resolve(stores.filter(({ namespace }) => !claimed.includes(namespace))),
      claim: async (namespace) => void claimed.push(namespace),
    },
    prepare: () => Promise.resolve(),
    addressOf: ({ name }) => Promise.resolve(`http://${name}.former`),
    onAdopted: () => undefined,
    now: () => new Date(0),
  };
}

const insert = (store: FoundStore): Promise<unknown> => storage.restore([store], new Date(0));

const caller: Caller = { user: { name: 'somebody' }, roles: ['admin'], via: 'rest' };
const request = { installation: 'in_b', caller };

test('adopts all stores of the named installation and no others', async () => {
  const options = clusterOf([found('alpha'), found('beta'), found('gamma', { installation: 'in_c' })]);
  expect(await adoptStores(options, request)).toEqual({ adopted: ['alpha', 'beta'], skipped: [] });
  expect(options.claimed).toEqual(['store-alpha', 'store-beta']);
  const record = await storage.stores.find('st_alpha');
  expect(record).toMatchObject({ generation: 3, held: true, url: 'http://alpha.former' });
  expect(record?.values).toEqual({ size: 's' });
  const changed = await storage.audited({ caller, action: 'stores.update', at: new Date(0) }, (writes) =>
    writes.replaceValues('st_alpha', {}),
  );
  expect(changed?.held).toBe(false);
});

test('an adoption leaves exactly one entry for each store, with its caller and its origin', async () => {
  await adoptStores(clusterOf([found('alpha'), found('beta', { desired: 'absent' })]), request);
  const entry = { at: new Date(0).toISOString(), kind: 'call', actor: 'somebody', what: 'adopt' };
  expect(await storage.history.ofStore('st_alpha')).toMatchObject([{ ...entry, message: 'from in_b' }]);
  expect(await storage.history.ofStore('st_beta')).toMatchObject([
    { ...entry, message: 'from in_b; its removal had been asked for there' },
  ]);
});

test('reports names that are taken here and names that do not exist', async () => {
  await insert(found('alpha', { id: 'st_ours' }));
  const options = clusterOf([found('alpha'), found('beta')]);
  expect(await adoptStores(options, { ...request, stores: ['alpha', 'missing'] })).toEqual({
    adopted: [],
    skipped: [
      { name: 'missing', why: 'in_b has no store of that name' },
      { name: 'alpha', why: 'a store of that name exists here' },
    ],
  });
  expect(options.claimed).toEqual([]);
  expect(await storage.stores.findByName('beta')).toBeUndefined();
});

test('skips a store with an unreadable release and adopts the others', async () => {
  const options = clusterOf([found('alpha'), found('beta')]);
  options.addressOf = ({ name }) =>
    name === 'alpha' ? Promise.reject(new Error('forbidden')) : Promise.resolve(undefined);
  expect(await adoptStores(options, request)).toEqual({
    adopted: ['beta'],
    skipped: [{ name: 'alpha', why: "its release can't be read: forbidden" }],
  });
});

test('the next run completes an adoption interrupted between row and label', async () => {
  const options = clusterOf([found('alpha')]);
  const { claim } = options.cluster;
  options.cluster.claim = () => Promise.reject(new Error('killed'));
  await expect(adoptStores(options, request)).rejects.toThrow('killed');
  options.cluster.claim = claim;
  expect((await adoptStores(options, request)).adopted).toEqual(['alpha']);
  expect(await storage.stores.list()).toHaveLength(1);
});

test('a store that returns from another installation takes over its spec from there', async () => {
  await insert(found('alpha', { generation: 1, values: { size: 'l' } }));
  await adoptStores(clusterOf([found('alpha', { desired: 'absent' })]), request);
  expect(await storage.stores.find('st_alpha')).toMatchObject({ generation: 3, held: true, desired: 'present' });
});

test('unlabelled namespaces are ours at startup if the database knows them or the cluster is embedded', async () => {
  await insert(found('alpha'));
  const unlabelled = ['alpha', 'beta'].map((name) => found(name, { installation: 'unknown' }));
  const gone = found('gamma');
  const all = [...unlabelled, gone];
  const { cluster, claimed } = clusterOf(all);
  const left = await settleOwners({ stores: storage.stores, cluster, exclusive: false });
  expect(claimed).toEqual(['store-alpha']);
  expect(left.map(({ name }) => name)).toEqual(['beta', 'gamma']);
  const inside = clusterOf(all);
  expect(await settleOwners({ stores: storage.stores, cluster: inside.cluster, exclusive: true })).toEqual([]);
  expect(inside.claimed).toEqual(['store-alpha', 'store-beta', 'store-gamma']);
});

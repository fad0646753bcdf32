import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FoundStore } from '../../cluster/namespace.ts';
import { type Database, openDatabase } from '../../storage/database.ts';
import { isHeld } from '../../storage/held-store.ts';
import { insertStore, replaceValues } from '../../storage/store-changes.repository.ts';
import { findStore, findStoreByName, listStores } from '../../storage/store.repository.ts';
import { transact } from '../../storage/transaction.ts';
import { type AdoptOptions, adoptStores } from './adopt-stores.ts';
import { toRow } from './rebuild-stores.ts';
import { settleOwners } from './settle-owners.ts';

let db: Database;
beforeEach(async () => void (db = await openDatabase(':memory:')));
afterEach(() => db.destroy());

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
    installation: 'in_b',
    held: undefined,
    ...change,
  };
}

/** An in-memory cluster; claimed stores no longer count as another installation's. */
function clusterOf(stores: FoundStore[]): AdoptOptions & { claimed: string[] } {
  const claimed: string[] = [];
  return {
    db,
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

const entry = { at: '2026-01-01T00:00:00.000Z', kind: 'call', actor: 'somebody', what: 'test', message: '' } as const;
const insert = (store: FoundStore): Promise<unknown> =>
  transact(db, (transaction) => insertStore(transaction, toRow(store), [entry]));

const request = { installation: 'in_b', actor: 'somebody' };

test('adopts all stores of the named installation and no others', async () => {
  const options = clusterOf([found('alpha'), found('beta'), found('gamma', { installation: 'in_c' })]);
  expect(await adoptStores(options, request)).toEqual({ adopted: ['alpha', 'beta'], skipped: [] });
  expect(options.claimed).toEqual(['store-alpha', 'store-beta']);
  const row = await findStore(db, 'st_alpha');
  expect(row).toMatchObject({ generation: 3, held_generation: 3, held_url: 'http://alpha.former' });
  expect(JSON.parse(row?.store_values ?? '')).toEqual({ size: 's' });
  const changed = await transact(db, (transaction) =>
    replaceValues(transaction, { id: 'st_alpha', values: '{}' }, entry),
  );
  expect(changed && isHeld(changed)).toBe(false);
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
  expect(await findStoreByName(db, 'beta')).toBeUndefined();
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
  expect(await listStores(db)).toHaveLength(1);
});

test('a store that returns from another installation takes over its spec from there', async () => {
  await insert(found('alpha', { generation: 1, values: { size: 'l' } }));
  await adoptStores(clusterOf([found('alpha', { desired: 'absent' })]), request);
  expect(await findStore(db, 'st_alpha')).toMatchObject({ generation: 3, held_generation: 3, desired: 'present' });
});

test('unlabelled namespaces are ours at startup if the database knows them or the cluster is embedded', async () => {
  await insert(found('alpha'));
  const unlabelled = ['alpha', 'beta'].map((name) => found(name, { installation: 'unknown' }));
  const gone = found('gamma');
  const all = [...unlabelled, gone];
  const { cluster, claimed } = clusterOf(all);
  const left = await settleOwners({ db, cluster, exclusive: false });
  expect(claimed).toEqual(['store-alpha']);
  expect(left.map(({ name }) => name)).toEqual(['beta', 'gamma']);
  const inside = clusterOf(all);
  expect(await settleOwners({ db, cluster: inside.cluster, exclusive: true })).toEqual([]);
  expect(inside.claimed).toEqual(['store-alpha', 'store-beta', 'store-gamma']);
});

/**
 * Rebuilds a lost database from the cluster alone: each store's namespace holds the store's spec. Runs once in a
 * database's life. The history is lost with the old database.
 */
import type { FoundStore, FoundStores } from '../../cluster/namespace.ts';
import type { Database } from '../../storage/database.ts';
import { hasReached, noteMilestone } from '../../storage/meta.repository.ts';
import { insertStore } from '../../storage/store-changes.repository.ts';
import { findStore, findStoreByName } from '../../storage/store.repository.ts';
import type { Entry, StoreRow } from '../../storage/tables.ts';
import { transact } from '../../storage/transaction.ts';
import { phaseOf } from '../../domain/phase.ts';
import type { Sighting } from '../../domain/store.ts';

export interface RebuildOptions {
  db: Database;
  /** Lists this installation's stores in the cluster. Throws if the cluster is unreachable. */
  findStores: () => Promise<FoundStores>;
  /** Called for each namespace that carries a store's label but describes none. */
  onSkipped: (skipped: FoundStores['skipped'][number]) => void;
  now: () => Date;
}

/** Returns the recovered stores, or `undefined` if this ran before. Throws without having changed anything. */
export async function rebuildStores({
  db,
  findStores,
  onSkipped,
  now,
}: RebuildOptions): Promise<StoreRow[] | undefined> {
  if (await hasReached(db, 'rebuilt')) return undefined;
  const { stores, skipped } = await findStores();
  skipped.forEach(onSkipped);
  const at = now().toISOString();
  const entry: Entry = {
    at,
    kind: 'action',
    actor: 'reconciler',
    what: 'rebuilt',
    message: 'found in the cluster; its earlier history was lost with the database',
  };
  return transact(db, async (transaction) => {
    const rows: StoreRow[] = [];
    for (const store of stores) {
      if ((await findStore(transaction, store.id)) ?? (await findStoreByName(transaction, store.name))) continue;
      rows.push(await insertStore(transaction, toRow(store), [entry]));
    }
    await noteMilestone(transaction, { name: 'rebuilt', at });
    return rows;
  });
}

export function toRow(store: FoundStore): Parameters<typeof insertStore>[1] {
  return {
    id: store.id,
    name: store.name,
    namespace: store.namespace,
    engine: store.engine,
    ...toSpecColumns(store),
    created_at: store.createdAt,
    created_by: store.createdBy,
    phase: phaseOf(store, 'Provisioning'),
    conditions: '[]',
    observed_generation: 0,
    verified_revision: 0,
    // The merchant may have customized the shop, so an empty catalogue is not an error.
    sighting: JSON.stringify({ reason: 'FoundInCluster', message: '' } satisfies Sighting),
  };
}

/** The spec columns recorded in a store's namespace. */
export function toSpecColumns({
  values,
  generation,
  desired,
  held,
}: FoundStore): Pick<StoreRow, 'store_values' | 'generation' | 'desired' | 'held_generation' | 'held_url'> {
  return {
    store_values: JSON.stringify(values),
    generation,
    desired,
    held_generation: held?.generation ?? null,
    held_url: held?.url ?? null,
  };
}

/**
 * A database that was lost: every store's namespace says what the store should be, so the stores are found again by
 * asking the cluster, and nobody else. Done once in a database's life; their history is lost with the old one.
 */
import type { FoundStore, FoundStores } from '../../cluster/namespace.ts';
import type { Database } from '../../storage/database.ts';
import { hasReached, noteMilestone } from '../../storage/meta.repository.ts';
import { insertStore } from '../../storage/store-changes.repository.ts';
import { findStore, findStoreByName } from '../../storage/store.repository.ts';
import type { Entry, StoreRow } from '../../storage/tables.ts';
import { transact } from '../../storage/transaction.ts';
import type { Sighting } from '../../domain/store.ts';

export interface RebuildOptions {
  db: Database;
  /** Every store of this installation that the cluster knows of. Throws when it can't be asked. */
  findStores: () => Promise<FoundStores>;
  /** Called for each namespace that carries a store's label but describes none. */
  onSkipped: (skipped: FoundStores['skipped'][number]) => void;
  now: () => Date;
}

/** The stores that were found again; undefined when the cluster was asked before. Throws, having changed nothing. */
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
    ...toSpec(store),
    created_at: store.createdAt,
    created_by: store.createdBy,
    phase: store.desired === 'absent' ? 'Deleting' : 'Provisioning',
    conditions: '[]',
    observed_generation: 0,
    verified_revision: 0,
    // A merchant may have made it theirs: what it sells is not held against it.
    sighting: JSON.stringify({ reason: 'FoundInCluster', message: '' } satisfies Sighting),
  };
}

/** What a namespace says that its store should be. */
export function toSpec({
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

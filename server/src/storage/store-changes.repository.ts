/**
 * Every change of a store's row, each with its history entry. Where the row isn't as the change wants it, neither is
 * written, and the result is undefined.
 */
import { appendEntries } from './history.repository.ts';
import type { Entry, NewStoreRow, StoreRow, StoreStatusUpdate } from './tables.ts';
import { sqlOf, type Transaction } from './transaction.ts';

type Changed = Promise<StoreRow | undefined>;

export async function insertStore(
  transaction: Transaction,
  row: NewStoreRow,
  entries: readonly [Entry, ...Entry[]],
): Promise<StoreRow> {
  const inserted = await sqlOf(transaction).insertInto('stores').values(row).returningAll().executeTakeFirstOrThrow();
  await appendEntries(transaction, inserted.id, entries);
  return inserted;
}

/** Replaces the values: starts a new generation and clears the old failure. */
export function replaceValues(
  transaction: Transaction,
  { id, values }: { id: string; values: string },
  entry: Entry,
): Changed {
  const update = updateOf(transaction, id)
    .set((eb) => ({ store_values: values, generation: eb('generation', '+', 1), problem: null }))
    .where('desired', '=', 'present');
  return recorded(transaction, entry, update.returningAll().executeTakeFirst());
}

/** Requests deletion, unless already requested. */
export function requestDeletion(transaction: Transaction, id: string, entry: Entry): Changed {
  const update = updateOf(transaction, id).set({ desired: 'absent', problem: null }).where('desired', '=', 'present');
  return recorded(transaction, entry, update.returningAll().executeTakeFirst());
}

/** Clears the last failure of its deletion. */
export function retryRemoval(transaction: Transaction, id: string, entry: Entry): Changed {
  const update = updateOf(transaction, id).set({ problem: null }).where('desired', '=', 'absent');
  return recorded(transaction, entry, update.returningAll().executeTakeFirst());
}

/**
 * Retries the store: clears the last failure and the inventory. Starts a new generation, so that a deployed but broken
 * release is applied again, together with its setup.
 */
export function requestRetry(transaction: Transaction, id: string, entry: Entry): Changed {
  const update = updateOf(transaction, id)
    .set((eb) => ({ problem: null, inventory: null, generation: eb('generation', '+', 1) }))
    .where('desired', '=', 'present');
  return recorded(transaction, entry, update.returningAll().executeTakeFirst());
}

/** Allows its deletion to remove finalizers. */
export function forceFinalizers(transaction: Transaction, id: string, entry: Entry): Changed {
  const update = updateOf(transaction, id).set({ forced: 1, problem: null }).where('desired', '=', 'absent');
  return recorded(transaction, entry, update.returningAll().executeTakeFirst());
}

/** Takes over its spec from another installation and discards the state known here. */
export function replaceSpec(
  transaction: Transaction,
  { id, ...spec }: Pick<StoreRow, 'id' | 'store_values' | 'generation' | 'desired' | 'held_generation' | 'held_url'>,
  entry: Entry,
): Changed {
  const forgotten = { problem: null, inventory: null, verified_revision: 0, forced: 0 };
  const update = updateOf(transaction, id).set({ ...spec, ...forgotten });
  return recorded(transaction, entry, update.returningAll().executeTakeFirst());
}

/** What the reconciler found, an entry for each piece of news; unless the spec that it was found for was replaced. */
export async function updateStatus(
  transaction: Transaction,
  { id, generation, desired, status }: Pick<StoreRow, 'id' | 'generation' | 'desired'> & { status: StoreStatusUpdate },
  entries: readonly Entry[],
): Changed {
  const update = updateOf(transaction, id).set(status);
  const same = update.where('generation', '=', generation).where('desired', '=', desired);
  const row = await same.returningAll().executeTakeFirst();
  if (row) await appendEntries(transaction, id, entries);
  return row;
}

/** Its history stays. */
export async function deleteStore(transaction: Transaction, id: string, entry: Entry): Promise<void> {
  const db = sqlOf(transaction);
  await db.deleteFrom('stores').where('id', '=', id).execute();
  await db.deleteFrom('idempotency_keys').where('store_id', '=', id).execute();
  await appendEntries(transaction, id, [entry]);
}

function updateOf(transaction: Transaction, id: string) {
  return sqlOf(transaction).updateTable('stores').where('id', '=', id);
}

async function recorded(transaction: Transaction, entry: Entry, changed: Changed): Changed {
  const row = await changed;
  if (row) await appendEntries(transaction, row.id, [entry]);
  return row;
}

/** Stores by row. Functions take `db` first, so that a transaction passes through. */
import type { Database } from './database.ts';
import type { NewStoreRow, StoreRow, StoreStatusUpdate } from './tables.ts';

export function insertStore(db: Database, row: NewStoreRow): Promise<StoreRow> {
  return db.insertInto('stores').values(row).returningAll().executeTakeFirstOrThrow();
}

export function findStore(db: Database, id: string): Promise<StoreRow | undefined> {
  return db.selectFrom('stores').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findStoreByName(db: Database, name: string): Promise<StoreRow | undefined> {
  return db.selectFrom('stores').selectAll().where('name', '=', name).executeTakeFirst();
}

/** Oldest first. */
export function listStores(db: Database): Promise<StoreRow[]> {
  return db.selectFrom('stores').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** Replaces the values: a new generation, and no failure of the old one any more. */
export function replaceValues(db: Database, id: string, values: string): Promise<StoreRow | undefined> {
  return db
    .updateTable('stores')
    .set((eb) => ({ store_values: values, generation: eb('generation', '+', 1), problem: null }))
    .where('id', '=', id)
    .where('desired', '=', 'present')
    .returningAll()
    .executeTakeFirst();
}

export function markAbsent(db: Database, id: string): Promise<StoreRow | undefined> {
  return db
    .updateTable('stores')
    .set({ desired: 'absent', problem: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/**
 * Somebody wants it tried again: the last failure counts no more, nor does what was there before. A new generation, so
 * that a release which is deployed but does not work is made anew, and its setup with it.
 */
export function startAnew(db: Database, id: string): Promise<StoreRow | undefined> {
  return db
    .updateTable('stores')
    .set((eb) => ({ problem: null, inventory: null, generation: eb('generation', '+', 1) }))
    .where('id', '=', id)
    .where('desired', '=', 'present')
    .returningAll()
    .executeTakeFirst();
}

/** Its removal may take finalizers off its objects. */
export function markForced(db: Database, id: string): Promise<StoreRow | undefined> {
  return db
    .updateTable('stores')
    .set({ forced: 1, problem: null })
    .where('id', '=', id)
    .where('desired', '=', 'absent')
    .returningAll()
    .executeTakeFirst();
}

/** Takes over what somebody else made of a store, and forgets what was known of it. */
export async function replaceSpec(
  db: Database,
  id: string,
  spec: Pick<StoreRow, 'store_values' | 'generation' | 'desired' | 'held_generation' | 'held_url'>,
): Promise<void> {
  const forgotten = { problem: null, inventory: null, verified_revision: 0, forced: 0 };
  await db
    .updateTable('stores')
    .set({ ...spec, ...forgotten })
    .where('id', '=', id)
    .execute();
}

export function updateStatus(db: Database, id: string, status: StoreStatusUpdate): Promise<StoreRow | undefined> {
  return db.updateTable('stores').set(status).where('id', '=', id).returningAll().executeTakeFirst();
}

export async function deleteStore(db: Database, id: string): Promise<void> {
  await db.deleteFrom('stores').where('id', '=', id).execute();
  await db.deleteFrom('idempotency_keys').where('store_id', '=', id).execute();
}

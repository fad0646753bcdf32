/** Stores by row. */
import type { StoreRow } from './tables.ts';
import type { Reader } from './database.ts';

export function findStore(db: Reader, id: string): Promise<StoreRow | undefined> {
  return db.selectFrom('stores').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findStoreByName(db: Reader, name: string): Promise<StoreRow | undefined> {
  return db.selectFrom('stores').selectAll().where('name', '=', name).executeTakeFirst();
}

/** Oldest first. */
export function listStores(db: Reader): Promise<StoreRow[]> {
  return db.selectFrom('stores').selectAll().orderBy('created_at').orderBy('id').execute();
}

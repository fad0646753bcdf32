import type { StoreReads, UrlOf } from '../storage.ts';
import { allOpenOperations, NONE_OPEN, openOperations } from './operations.ts';
import { parseStore } from './parse-store.ts';
import type { Database } from './tables.ts';

export function createStoreReads(db: Database, urlOf: UrlOf): StoreReads {
  const findBy = async (column: 'id' | 'name', value: string): ReturnType<StoreReads['find']> => {
    const row = await db.selectFrom('stores').selectAll().where(column, '=', value).executeTakeFirst();
    return row && parseStore(row, await openOperations(db, row.id), urlOf);
  };
  return {
    find: (id) => findBy('id', id),
    findByName: (name) => findBy('name', name),
    async list() {
      const rows = await db.selectFrom('stores').selectAll().orderBy('created_at').orderBy('id').execute();
      const open = await allOpenOperations(db);
      return rows.map((row) => parseStore(row, open.get(row.id) ?? NONE_OPEN, urlOf));
    },
  };
}

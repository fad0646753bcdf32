import type { StoreReads, UrlOf } from '../storage.ts';
import { parseStore } from './parse-store.ts';
import type { Database } from './tables.ts';

export function createStoreReads(db: Database, urlOf: UrlOf): StoreReads {
  const findBy = async (column: 'id' | 'name', value: string): ReturnType<StoreReads['find']> => {
    const row = await db.selectFrom('stores').selectAll().where(column, '=', value).executeTakeFirst();
    return row && parseStore(row, urlOf);
  };
  return {
    find: (id) => findBy('id', id),
    findByName: (name) => findBy('name', name),
    async list() {
      const rows = await db.selectFrom('stores').selectAll().orderBy('created_at').orderBy('id').execute();
      return rows.map((row) => parseStore(row, urlOf));
    },
  };
}

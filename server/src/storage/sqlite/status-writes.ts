/** What reconcilers write: status and history. */
import type { StatusWrites, UrlOf } from '../storage.ts';
import { appendEntries } from './history.ts';
import { advanceOperation, openOperations } from './operations.ts';
import { parseStore } from './parse-store.ts';
import { concludeRevision } from './revisions.ts';
import { toStatusColumns } from './store-columns.ts';
import type { Database } from './tables.ts';

/** `db`: an open transaction. */
export function createStatusWrites(db: Database, urlOf: UrlOf): StatusWrites {
  return {
    async update({ id, generation, desired }, status, entries) {
      const update = db.updateTable('stores').set(toStatusColumns(status)).where('id', '=', id);
      const same = update.where('generation', '=', generation).where('desired', '=', desired);
      const row = await same.returningAll().executeTakeFirst();
      if (!row) return undefined;
      await appendEntries(db, id, entries);
      return parseStore(row, await openOperations(db, id), urlOf);
    },

    advanceOperation: (id, progress, at) => advanceOperation(db, { id, progress, at }),

    concludeRevision: (id, verdict) => concludeRevision(db, id, verdict),

    async deleteRecord(id, entry) {
      const named = db.selectFrom('stores').select('name').where('id', '=', id);
      await appendEntries(db, id, [entry]);
      await db.updateTable('store_events').set({ store_name: named }).where('store_id', '=', id).execute();
      await db.deleteFrom('stores').where('id', '=', id).execute();
      await db.deleteFrom('operations').where('store_id', '=', id).execute();
      await db.deleteFrom('revisions').where('store_id', '=', id).execute();
      await db.deleteFrom('idempotency_keys').where('store_id', '=', id).execute();
    },
  };
}

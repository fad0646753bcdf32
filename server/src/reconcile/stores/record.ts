/** Records a status: the row and its history in one short transaction, then publishes the store. */
import type { Store } from '@shopyard/contracts';
import { toStore } from '../../domain/present-store.ts';
import type { Situation } from '../../domain/situation.ts';
import type { StoreStatus } from '../../domain/status.ts';
import type { StoreRecord } from '../../domain/store.ts';
import { crashPoint } from '../../kit/crash-points.ts';
import type { Database } from '../../storage/database.ts';
import { parseStoreRow } from '../../storage/parse-store.ts';
import { toStatusColumns } from '../../storage/status-columns.ts';
import { deleteStore, updateStatus } from '../../storage/store-changes.repository.ts';
import { listStores } from '../../storage/store.repository.ts';
import type { StoreRow } from '../../storage/tables.ts';
import { transact } from '../../storage/transaction.ts';
import { type Done, toEntries } from './history.ts';

export interface RecordsOptions {
  db: Database;
  urlOf: (row: StoreRow) => string;
  publish: (store: Store) => void;
  /** The store's row is gone. */
  onRemoved: (id: string) => void;
  now: () => Date;
}

export interface StoreRecords {
  ids: () => Promise<string[]>;
  /**
   * `situation`: as observed, before what an action or a failure added. Writes only news, and publishes in any case: pods
   * may have changed. False, and nothing is written, if the spec was replaced or the store deleted meanwhile.
   */
  record: (situation: Situation, status: StoreStatus, done?: Done) => Promise<boolean>;
  /** Deletes the store's record; its history stays. */
  remove: (id: string) => Promise<void>;
}

export function createRecords({ db, urlOf, publish, onRemoved, now }: RecordsOptions): StoreRecords {
  return {
    ids: async () => (await listStores(db)).map(({ id }) => id),
    async record({ store: before, engine, view, now: at }, status, done) {
      const { id, generation, desired } = before;
      const entries = toEntries(before, status, { at: new Date(at).toISOString(), done });
      const [old, columns] = [toStatusColumns(before), toStatusColumns(status)];
      const isNews = entries.length > 0 || JSON.stringify(old) !== JSON.stringify(columns);
      let store: StoreRecord | undefined = before;
      if (isNews) {
        const update = { id, generation, desired, status: columns };
        const row = await transact(db, (transaction) => updateStatus(transaction, update, entries));
        store = row && parseStoreRow(row, urlOf(row));
        crashPoint('status-written');
      }
      if (store) publish(toStore(store, view, engine));
      if (isNews) crashPoint('event-published');
      return store !== undefined;
    },
    async remove(id) {
      const message = 'release and namespace are gone';
      const at = now().toISOString();
      const entry = { at, kind: 'action', actor: 'reconciler', what: 'deleted', message } as const;
      await transact(db, (transaction) => deleteStore(transaction, id, entry));
      onRemoved(id);
    },
  };
}

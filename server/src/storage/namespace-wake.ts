/** Finds the store of a namespace by its name alone. */
import type { Wake } from '../kit/wake.ts';
import type { Database } from './database.ts';
import { findStoreByName } from './store.repository.ts';

const PREFIX = 'store-';

export function createNamespaceWake(db: Database, wake: Pick<Wake, 'add'>): (namespace: string) => void {
  const find = async (namespace: string): Promise<void> => {
    const row = await findStoreByName(db, namespace.slice(PREFIX.length));
    if (row) wake.add(row.id);
  };
  return (namespace) => {
    if (namespace.startsWith(PREFIX)) void find(namespace);
  };
}

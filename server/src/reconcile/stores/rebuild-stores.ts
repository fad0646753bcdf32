/**
 * Rebuilds a lost database from the cluster alone: each store's namespace holds the store's spec. Runs once in a
 * database's life. The history is lost with the old database.
 */
import type { FoundStores } from '../../cluster/namespace.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { Storage } from '../../storage/storage.ts';

export interface RebuildOptions {
  storage: Pick<Storage, 'needsRestore' | 'restore'>;
  /** Lists this installation's stores in the cluster. Throws if the cluster is unreachable. */
  findStores: () => Promise<FoundStores>;
  /** Called for each namespace that carries a store's label but describes none. */
  onSkipped: (skipped: FoundStores['skipped'][number]) => void;
  now: () => Date;
}

/** Returns the recovered stores, or `undefined` if this ran before. Throws without having changed anything. */
export async function rebuildStores(options: RebuildOptions): Promise<StoreRecord[] | undefined> {
  const { storage, findStores, onSkipped, now } = options;
  if (!(await storage.needsRestore())) return undefined;
  const { stores, skipped } = await findStores();
  skipped.forEach(onSkipped);
  return storage.restore(stores, now());
}

/** Finds the store of a namespace by its name alone. */
import type { Wake } from '../kit/wake.ts';
import type { StoreReads } from './storage.ts';

const PREFIX = 'store-';

export function createNamespaceWake(
  stores: Pick<StoreReads, 'findByName'>,
  wake: Pick<Wake, 'add'>,
): (namespace: string) => void {
  const find = async (namespace: string): Promise<void> => {
    const store = await stores.findByName(namespace.slice(PREFIX.length));
    if (store) wake.add(store.id);
  };
  return (namespace) => {
    if (namespace.startsWith(PREFIX)) void find(namespace);
  };
}

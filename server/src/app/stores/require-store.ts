import { ShopyardError, type Store } from '@shopyard/contracts';
import type { LiveStores } from '../../live/live-stores.ts';

/** Returns the store as last published. Throws ShopyardError `not_found`. */
export function requireStore(liveStores: LiveStores, id: string): Store {
  const store = liveStores.get(id);
  if (!store) throw new ShopyardError('not_found', `there is no store with the id "${id.slice(0, 80)}"`);
  return store;
}

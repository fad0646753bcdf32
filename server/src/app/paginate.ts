/** Pages through the list. Stores may come and go between pages; the others are neither skipped nor repeated. */
import type { ListStores, Store, StorePage } from '@shopyard/contracts';

/** Expects `stores` in order of creation. */
export function pageOf(stores: Store[], { limit = stores.length, cursor }: ListStores): StorePage {
  const from = cursor === undefined ? 0 : positionAfter(stores, cursor);
  const page = stores.slice(from, from + limit);
  const last = page.at(-1);
  return { stores: page, ...(last && from + page.length < stores.length ? { next: cursorOf(last) } : {}) };
}

function cursorOf({ createdAt, id }: Store): string {
  return `${createdAt}~${id}`;
}

function positionAfter(stores: Store[], cursor: string): number {
  const [createdAt = '', id] = cursor.split('~');
  const index = stores.findIndex((store) => store.id === id);
  if (index >= 0) return index + 1;
  // The cursor's store is gone: continue with the next newer one.
  const next = stores.findIndex((store) => store.createdAt > createdAt);
  return next >= 0 ? next : stores.length;
}

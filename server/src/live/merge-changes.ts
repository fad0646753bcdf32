/** Merges changes without losing a phase. Pure. */
import type { StoreChange } from '@shopyard/contracts';

/** Keeps only the newest of a store's consecutive states in one phase, so clients still see every phase in order. */
export function mergeChanges(changes: readonly StoreChange[]): StoreChange[] {
  const merged = new Map<number, StoreChange>();
  /** Last change per store, until it is deleted. */
  const last = new Map<string, StoreChange & { type: 'store' }>();
  for (const change of changes) {
    if (change.type === 'store') {
      const before = last.get(change.store.id);
      if (before && before.store.phase === change.store.phase) merged.delete(before.seq);
      last.set(change.store.id, change);
    } else if (change.type === 'removed') last.delete(change.id);
    merged.set(change.seq, change);
  }
  return [...merged.values()];
}

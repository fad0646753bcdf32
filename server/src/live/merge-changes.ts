/** Changes merged where that loses nothing: pure. */
import type { StoreChange } from '@shopyard/contracts';

/** Of several states of a store in one phase the newest stands for all, so every phase is seen, in order. */
export function mergeChanges(changes: readonly StoreChange[]): StoreChange[] {
  const merged = new Map<number, StoreChange>();
  /** Per store: its last change, until it is removed. */
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

/** Changes merged where that loses nothing: pure. */
import type { StoreChange } from '@shopyard/contracts';

/** Changes in one event; who needs more is better served with a snapshot. */
const MOST = 4096;

/**
 * Of several states of a store in one phase the newest stands for all, so every phase is seen, in order. Undefined when
 * it is still too much.
 */
export function mergeChanges(changes: readonly StoreChange[]): StoreChange[] | undefined {
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
  return merged.size > MOST ? undefined : [...merged.values()];
}

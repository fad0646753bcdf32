/**
 * What may be done to a store in the state that it is in: the one rule behind a button, a bulk action and the server.
 * Pure.
 */
import type { Store } from './stores/store.ts';

type State = Pick<Store, 'phase' | 'reason'>;

/** A retry would have nothing to do: the store works, and is managed here. */
export function hasNothingToRetry({ phase, reason }: State): boolean {
  return phase === 'Ready' && reason !== 'Adopted';
}

/** Something failed, or the store was adopted and is not managed yet; and it is not being deleted. */
export function canRetry(store: State): boolean {
  return store.phase !== 'Deleting' && store.reason !== undefined && !hasNothingToRetry(store);
}

/** Its namespace does not go away by itself. */
export function canForceRemove({ phase, reason }: State): boolean {
  return phase === 'Deleting' && reason === 'NamespaceTerminating';
}

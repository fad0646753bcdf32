/** Tells what becomes of the stores that somebody acted on. */
import { needsAttention, type Store } from '@shopyard/contracts';

interface Followed {
  /** Start of the attempt before the act. */
  before: string;
  /** Whether the act has shown an effect: until then, the store is as it was before. */
  begun: boolean;
}

/** Observes every state that is pushed, because a page may render several of them at once. */
export class FollowedStores {
  readonly #followed = new Map<string, Followed>();

  /** From the store as it was before the act, or as it was created. */
  follow(store: Store): void {
    this.#followed.set(store.id, { before: store.attempt.startedAt, begun: !isSettled(store) });
  }

  /** The act was refused. */
  unfollow(id: string): void {
    this.#followed.delete(id);
  }

  /** Those of `stores` that are followed and have become Ready or need attention; they are followed no longer. */
  observe(stores: readonly Store[]): Store[] {
    return this.#followed.size === 0 ? [] : stores.filter((store) => this.#isOutcome(store));
  }

  #isOutcome(store: Store): boolean {
    const followed = this.#followed.get(store.id);
    if (!followed) return false;
    followed.begun ||= !isSettled(store) || store.attempt.startedAt !== followed.before;
    const outcome = followed.begun && isSettled(store);
    if (outcome) this.#followed.delete(store.id);
    return outcome;
  }
}

function isSettled(store: Store): boolean {
  return store.phase === 'Ready' || needsAttention(store);
}

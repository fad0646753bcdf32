/** When each store was last opened by way of this server. */
import type { Clock } from '../kit/clock.ts';

export class StoreVisits {
  readonly #at = new Map<string, number>();
  readonly #clock: Pick<Clock, 'now'>;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  note(id: string): void {
    this.#at.set(id, this.#clock.now().getTime());
  }

  /** Epoch milliseconds; 0 for never. */
  lastAt(id: string): number {
    return this.#at.get(id) ?? 0;
  }
}

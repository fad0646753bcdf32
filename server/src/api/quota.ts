/** Limits how much each caller holds at once. */
export class Quota {
  readonly #held = new Map<string, number>();
  readonly #each: number;
  readonly #total: number;
  #all = 0;

  /** Allows at most `each` per caller and `total` over all callers. */
  constructor({ each, total = Infinity }: { each: number; total?: number }) {
    this.#each = each;
    this.#total = total;
  }

  /** Takes one. Returns a function that gives it back once, or undefined if the quota is used up. */
  take(key: string): (() => void) | undefined {
    const held = this.#held.get(key) ?? 0;
    if (held >= this.#each || this.#all >= this.#total) return undefined;
    this.#held.set(key, held + 1);
    this.#all += 1;
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      this.#all -= 1;
      const left = (this.#held.get(key) ?? 1) - 1;
      if (left > 0) this.#held.set(key, left);
      else this.#held.delete(key);
    };
  }

  /** Number of callers that hold something. */
  get callers(): number {
    return this.#held.size;
  }
}

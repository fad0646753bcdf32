/** Which releases an operation of ours may have left half done: after a failure, or by a server that was killed. */

export class Operations {
  readonly #started: () => number;
  readonly #open = new Set<string>();

  /** `started`: epoch milliseconds before which no operation can still run; 0 when another server's may. */
  constructor(started: () => number) {
    this.#started = started;
  }

  /** Runs an operation; one that throws counts as left until the next that doesn't. */
  async run<Result>(id: string, operation: () => Promise<Result>): Promise<Result> {
    this.#open.add(id);
    const result = await operation();
    this.#open.delete(id);
    return result;
  }

  /** A release that was last written at this time, and is pending, is one of ours that died. */
  left(id: string, writtenAt: number): boolean {
    // Release records tell whole seconds.
    return this.#open.has(id) || writtenAt < this.#started() - 1000;
  }
}

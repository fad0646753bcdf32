/** Tracks releases that our operations may have left incomplete, through a failure or a killed server. */

export class InFlightReleases {
  readonly #started: () => number;
  readonly #open: Set<string>;

  /**
   * `started`: operations begun earlier (epoch milliseconds) are dead; 0 if another server's may still run. `leftBehind`:
   * namespaces in which a killed server's helm was at work, and was ended: that may have written after `started`.
   */
  constructor(started: () => number, leftBehind: Iterable<string> = []) {
    this.#started = started;
    this.#open = new Set(leftBehind);
  }

  /** Runs an operation. If it throws, the release in this namespace counts as incomplete until one succeeds. */
  async run<Result>(namespace: string, operation: () => Promise<Result>): Promise<Result> {
    this.#open.add(namespace);
    const result = await operation();
    this.#open.delete(namespace);
    return result;
  }

  /** Whether a pending release last written at this time belongs to a dead operation of ours. */
  left(namespace: string, writtenAt: number): boolean {
    // Release records have a resolution of one second.
    return this.#open.has(namespace) || writtenAt < this.#started() - 1000;
  }
}

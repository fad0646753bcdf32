/** Tracks releases that our operations may have left incomplete, through a failure or a killed server. */

export class InFlightReleases {
  readonly #started: () => number;
  readonly #open = new Set<string>();

  /** `started`: operations begun earlier (epoch milliseconds) are dead; 0 if another server's may still run. */
  constructor(started: () => number) {
    this.#started = started;
  }

  /** Runs an operation. If it throws, the release counts as incomplete until one succeeds. */
  async run<Result>(id: string, operation: () => Promise<Result>): Promise<Result> {
    this.#open.add(id);
    const result = await operation();
    this.#open.delete(id);
    return result;
  }

  /** Whether a pending release last written at this time belongs to a dead operation of ours. */
  left(id: string, writtenAt: number): boolean {
    // Release records have a resolution of one second.
    return this.#open.has(id) || writtenAt < this.#started() - 1000;
  }
}

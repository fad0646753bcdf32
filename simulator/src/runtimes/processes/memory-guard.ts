/** Keeps embedded stores from taking more memory than the machine has. */
import { freemem } from 'node:os';

const MIB = 2 ** 20;

export class MemoryGuard {
  readonly #neededMiB: number;

  /** `neededMiB`: of one store. */
  constructor(neededMiB: number) {
    this.#neededMiB = neededMiB;
  }

  /** Why no store can start now; undefined if one can. */
  readonly refusal = (): string | undefined => {
    const free = freeMiB();
    if (free >= this.#neededMiB) return undefined;
    return `An embedded store takes ${this.#neededMiB} MiB of memory, and ${free} MiB are free: stop another store, or something else on this machine.`;
  };

  /** Whether a preloaded process leaves the memory that a store itself needs. */
  allowsPreload(): boolean {
    return freeMiB() >= 2 * this.#neededMiB;
  }
}

const freeMiB = (): number => Math.floor(freemem() / MIB);

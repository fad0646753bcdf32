/** A manual clock for tests. */
import type { Clock } from './clock.ts';

/** Time that passes only when a test says so; `jumpWall` and `freeze` simulate a machine that slept and a stopped process. */
export class TestClock implements Clock {
  #monotonic = 0;
  #wall = Date.parse('2026-01-01T00:00:00Z');
  #timers: { at: number; action: () => void }[] = [];

  now = (): Date => new Date(this.#wall);
  monotonic = (): number => this.#monotonic;
  after = (ms: number, action: () => void): (() => void) => {
    const timer = { at: this.#monotonic + ms, action };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  };
  sleep = (ms: number): Promise<void> => new Promise((resolve) => this.after(ms, resolve));

  /** Advances time without running timers, as in a stopped process. */
  freeze(ms: number): void {
    this.#monotonic += ms;
    this.#wall += ms;
  }

  jumpWall(ms: number): void {
    this.#wall += ms;
  }

  async pass(ms: number): Promise<void> {
    await this.settle();
    for (let left = ms; left > 0; left -= 500) {
      this.freeze(500);
      await this.settle();
    }
  }

  /** Runs due timers and their follow-up work. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      const due = this.#timers.filter(({ at }) => at <= this.#monotonic);
      this.#timers = this.#timers.filter(({ at }) => at > this.#monotonic);
      for (const { action } of due) action();
      for (let tick = 0; tick < 20; tick++) await Promise.resolve();
    }
  }
}

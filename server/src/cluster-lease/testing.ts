/** A manual clock and an in-memory API server for tests of the Lease. */
import type { Clock } from '../kit/clock.ts';
import { ClusterError, type ClusterErrorKind } from '../kube/errors.ts';
import type { Lease, LeaseApi, LeaseContent } from '../kube/lease.ts';

/** A manual clock; `jumpWall` and `freeze` simulate a machine that slept and a stopped process. */
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

export class TestApi implements LeaseApi {
  lease: Lease | undefined;
  fails: ClusterErrorKind | undefined;
  /** The next write succeeds but its answer is lost. */
  losesAnswer = false;
  writes = 0;
  /** Requests, answered or not. */
  asked = 0;

  async read(): Promise<Lease | undefined> {
    this.asked += 1;
    if (this.fails) throw new ClusterError(this.fails, 'no answer');
    return this.lease;
  }

  async write(content: LeaseContent, resourceVersion: string | undefined): Promise<Lease> {
    this.asked += 1;
    if (this.fails) throw new ClusterError(this.fails, 'no answer');
    if (this.lease?.resourceVersion !== resourceVersion)
      throw new ClusterError(this.lease ? 'conflict' : 'not-found', 'another version');
    this.writes += 1;
    const lease = this.put(content);
    if (this.losesAnswer) {
      this.losesAnswer = false;
      throw new ClusterError('unavailable', 'reset');
    }
    return lease;
  }

  put(content: LeaseContent): Lease {
    return (this.lease = { ...content, resourceVersion: String(Number(this.lease?.resourceVersion ?? 0) + 1) });
  }
}

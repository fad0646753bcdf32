/**
 * Queue of keys: each is queued at most once, never runs twice at a time, and runs again if it was added while it ran. A
 * request carries only the key; its run finds out what to do.
 */

import type { Clock } from './clock.ts';

export interface WorkQueueOptions {
  /** Runs for one key. The signal aborts by `interrupt` and `close`. */
  run: (key: string, signal: AbortSignal) => Promise<void>;
  concurrency: number;
  onError: (error: unknown, key: string) => void;
  clock: Clock;
}

interface Running {
  abort: AbortController;
  /** It was added again meanwhile. */
  dirty: boolean;
}

export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #waiting = new Set<string>();
  readonly #running = new Map<string, Running>();
  readonly #timers = new Map<string, { cancel: () => void; at: number }>();
  #closed = false;
  #idle: (() => void)[] = [];

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  add(key: string): void {
    if (this.#closed) return;
    const running = this.#running.get(key);
    if (running) running.dirty = true;
    else {
      this.#waiting.add(key);
      this.#pump();
    }
  }

  /** Adds the key in `ms`, unless it is due earlier already. */
  addAfter(key: string, ms: number): void {
    if (this.#closed) return;
    const { clock } = this.#options;
    const at = clock.now().getTime() + ms;
    const known = this.#timers.get(key);
    if (known && known.at <= at) return;
    known?.cancel();
    const cancel = clock.after(ms, () => {
      this.#timers.delete(key);
      this.add(key);
    });
    this.#timers.set(key, { cancel, at });
  }

  /** Aborts the key's run and queues the key again. */
  interrupt(key: string): void {
    this.#running.get(key)?.abort.abort();
    this.add(key);
  }

  /** Aborts everything and resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    for (const { cancel } of this.#timers.values()) cancel();
    for (const { abort } of this.#running.values()) abort.abort();
    if (this.#running.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #pump(): void {
    for (const key of this.#waiting) {
      if (this.#running.size >= this.#options.concurrency) return;
      this.#waiting.delete(key);
      void this.#start(key);
    }
  }

  async #start(key: string): Promise<void> {
    const running: Running = { abort: new AbortController(), dirty: false };
    this.#running.set(key, running);
    try {
      await this.#options.run(key, running.abort.signal);
    } catch (error) {
      this.#options.onError(error, key);
    }
    this.#running.delete(key);
    if (running.dirty) this.add(key);
    this.#pump();
    if (this.#running.size === 0) for (const resolve of this.#idle) resolve();
  }
}

/** Time as the reconciler and the watches see it. Tests may run it faster. */

export interface Clock {
  now: () => Date;
  /** Milliseconds from an arbitrary origin. Never goes back, and advances even while the process is stopped. */
  monotonic: () => number;
  /** Runs `action` after `ms` unless the returned function cancels it first. Does not keep the process alive. */
  after: (ms: number, action: () => void) => () => void;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Runs at `pace` times real speed, starting at `startedAt` (epoch milliseconds). */
export function createClock(pace = 1, startedAt = Date.now()): Clock {
  const after: Clock['after'] = (ms, action) => {
    const timer = setTimeout(action, ms / pace).unref();
    return () => clearTimeout(timer);
  };
  return {
    now: () => new Date(startedAt + (Date.now() - startedAt) * pace),
    monotonic: () => performance.now() * pace,
    after,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wake = (): void => {
          cancel();
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const cancel = after(ms, wake);
        signal.addEventListener('abort', wake);
      }),
  };
}

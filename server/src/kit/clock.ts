/** Time as the reconciler and the watches see it; a test may let it run faster. */

export interface Clock {
  now: () => Date;
  /** Milliseconds since some moment: never goes back, whatever is done to the wall clock, and goes on while the process is stopped. */
  monotonic: () => number;
  /** Runs `action` in `ms`, unless the result is called before. Keeps no process alive. */
  after: (ms: number, action: () => void) => () => void;
  /** Resolves in `ms`, or when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** `pace`: how many of its seconds pass in one of ours, from `begun` on, in epoch milliseconds. */
export function createClock(pace = 1, begun = Date.now()): Clock {
  const after: Clock['after'] = (ms, action) => {
    const timer = setTimeout(action, ms / pace).unref();
    return () => clearTimeout(timer);
  };
  return {
    now: () => new Date(begun + (Date.now() - begun) * pace),
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

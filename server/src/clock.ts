/** Time as the reconciler and the watches see it; a test may let it run faster. */

export interface Clock {
  now: () => Date;
  /** Runs `action` in `ms`, unless the result is called before. Keeps no process alive. */
  after: (ms: number, action: () => void) => () => void;
  /** Resolves in `ms`, or when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** `pace`: how many of its seconds pass in one of ours. */
export function createClock(pace = 1): Clock {
  const begun = Date.now();
  const after: Clock['after'] = (ms, action) => {
    const timer = setTimeout(action, ms / pace).unref();
    return () => clearTimeout(timer);
  };
  return {
    now: () => new Date(begun + (Date.now() - begun) * pace),
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

/** Time as the controllers see it: real, scaled by a speed factor. */

export interface Cancel {
  (): void;
}

export interface Clock {
  /** RFC 3339, whole seconds, as the API server writes timestamps. */
  timestamp(): string;
  now(): number;
  /** Converts `ms` of cluster time to real time. */
  scaled(ms: number): number;
  /** Runs `action` after `ms` × speed; at speed 0 on the next turn of the event loop. */
  after(ms: number, action: () => void): Cancel;
  /** As `after`, but never faster than at a hundredth of cluster time: at speed 0 what fails would keep a processor busy. */
  retryAfter(ms: number, action: () => void): Cancel;
}

const RETRY_SPEED = 0.01;

/** `speed` multiplies every delay: 1 is realistic, 0 is immediate. */
export function createClock(speed: number): Clock {
  const wait = (delay: number, action: () => void): Cancel => {
    if (delay < 1) {
      const immediate = setImmediate(action);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(action, delay);
    timer.unref();
    return () => clearTimeout(timer);
  };
  return {
    timestamp: () => new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    now: () => Date.now(),
    scaled: (ms) => ms * speed,
    after: (ms, action) => wait(ms * speed, action),
    retryAfter: (ms, action) => wait(ms * Math.max(speed, RETRY_SPEED), action),
  };
}

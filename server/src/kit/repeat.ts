/** Does something again and again, with a pause in between. */
import type { Clock } from './clock.ts';

export interface Repeated {
  /** Acts now, and from then on after each pause. */
  start(): void;
  close(): void;
}

interface RepeatOptions {
  pauseMs: number;
  clock: Pick<Clock, 'after'>;
  onError: (error: unknown) => void;
}

export function createRepeated(act: () => Promise<void>, { pauseMs, clock, onError }: RepeatOptions): Repeated {
  let cancel: (() => void) | undefined;
  let closed = false;

  function next(): void {
    void act()
      .catch(onError)
      .then(() => {
        if (!closed) cancel = clock.after(pauseMs, next);
      });
  }

  return {
    start: next,
    close() {
      closed = true;
      cancel?.();
    },
  };
}

export function together(...all: readonly Repeated[]): Repeated {
  return {
    start: () => all.forEach((one) => one.start()),
    close: () => all.forEach((one) => one.close()),
  };
}

/** Schedules the turns of a subscription that sends its whole state each time. */
import type { WatchOptions } from '@shopyard/contracts/services';

interface TurnOptions {
  /** Calls `notify` at each change, until the returned function is called. */
  listen: (notify: () => void) => () => void;
  /** Minimum interval between two turns. */
  windowMs: number;
  /** Maximum interval between two turns, even without changes. */
  atLeastMs?: number;
}

/** Yields one turn immediately, then one after changes once the reader can accept it. Ends when the signal aborts. */
export async function* turns(
  { listen, windowMs, atLeastMs }: TurnOptions,
  { signal, writable }: WatchOptions,
): AsyncGenerator<number> {
  let due = true;
  let wake = (): void => undefined;
  const notify = (): void => {
    due = true;
    wake();
  };
  const stopListening = listen(notify);
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort);
  const pause = async (ms: number | undefined, until: () => boolean): Promise<void> => {
    if (until()) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = () => until() && resolve();
      if (ms !== undefined) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  };
  try {
    for (let turn = 1; ; turn++) {
      await pause(atLeastMs, () => due || signal.aborted);
      if (signal.aborted) return;
      await writable();
      due = false;
      yield turn;
      await pause(windowMs, () => signal.aborted);
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stopListening();
  }
}

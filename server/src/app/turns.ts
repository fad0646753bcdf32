/** When a subscription that gives something whole each time has its next turn. */
import type { WatchOptions } from '@shopyard/contracts';

interface TurnOptions {
  /** Has `notify` called at each change, until the result is called. */
  listen: (notify: () => void) => () => void;
  /** Least time between two turns. */
  windowMs: number;
  /** A turn is due after so long even if nothing changed. */
  atLeastMs?: number;
}

/** One turn at once, then one after changes, when the reader can take it; ends when the signal aborts. */
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

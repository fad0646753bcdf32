/** Work at start that needs the cluster: tried until it answers. */
import type { Logger } from 'pino';
import type { Clock } from '../kit/clock.ts';
import { messageOf } from '../kit/error-message.ts';

const RETRY_MS = 2000;

interface TryOptions {
  log: Logger;
  clock: Clock;
  signal: AbortSignal;
  /** Logged with each failure. */
  trouble: string;
}

/** Resolves with true once `attempt` has succeeded, or with false when the signal aborts. */
export async function tryUntilDone(
  attempt: () => Promise<void>,
  { log, clock, signal, trouble }: TryOptions,
): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await attempt();
      return true;
    } catch (error) {
      log.warn({ reason: messageOf(error) }, trouble);
      await clock.sleep(RETRY_MS, signal);
    }
  }
  return false;
}

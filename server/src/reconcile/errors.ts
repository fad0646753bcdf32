/** How a reconcile says that it did not succeed. Any other error that `toFinding` doesn't know is a defect of ours. */
import type { Reason } from '@shopyard/contracts';

/** Retrying can't help: the key waits for a new spec. */
export class TerminalError extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** An expected failure: it can't be done yet. It is retried with backoff and logged at info. */
export class RetryError extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message: string) {
    super(message);
    this.reason = reason;
  }
}

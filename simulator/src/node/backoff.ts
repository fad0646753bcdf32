/** How long the node waits between steps, and after failures. */

/** Until a container runs whose image is there. */
export const START_MS = 80;
/** Between looks at what is missing. */
export const RETRY_MS = 1000;
/** The kubelet's back-off for crashes and pulls: 10 s doubled up to 5 minutes. */
const BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 300_000;

export function backoff(attempt: number): number {
  return Math.min(BACKOFF_MS * 2 ** attempt, MAX_BACKOFF_MS);
}

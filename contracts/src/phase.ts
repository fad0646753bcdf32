/** The phases of a store; apart from the schemas, so that a page that shows them loads none. */
export const PHASES = [
  /** Accepted; waits for a free helm slot. */
  'Queued',
  /** Namespace, release and pods are coming up. */
  'Provisioning',
  /** Its pages answered: it can be ordered from. */
  'Ready',
  /** Was Ready, and something of it is not as it should be. */
  'Degraded',
  /** A newer generation is being rolled out. */
  'Upgrading',
  /** Scaled to zero on request. */
  'Suspended',
  /** Being removed; gone when its namespace is. */
  'Deleting',
  /** Retrying can't help; `reason` and `message` say what does. */
  'Failed',
] as const;
export type Phase = (typeof PHASES)[number];

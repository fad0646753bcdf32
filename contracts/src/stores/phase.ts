/** Phases of a store. Separate from the schemas, so that a page that shows phases loads no schema. */
export const PHASES = [
  /** Accepted; waiting for a free Helm slot. */
  'Queued',
  /** Its namespace, release and pods are coming up. */
  'Provisioning',
  /** Its pages answered, so customers can place orders. */
  'Ready',
  /** Was Ready, but is not fully working now. */
  'Degraded',
  /** A newer generation is being rolled out. */
  'Upgrading',
  /** Scaled to zero on request. */
  'Suspended',
  /** Being deleted; gone once its namespace is. */
  'Deleting',
  /** Retrying can't help; `reason` and `message` say what can. */
  'Failed',
] as const;
export type Phase = (typeof PHASES)[number];

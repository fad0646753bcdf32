/**
 * The server's side effects by name, announced right after each one. The process may be killed between any two of them;
 * the crash tests kill it at each.
 */
export const EFFECTS = [
  /** The database ran a statement; `detail` is its SQL. Includes `begin` and `commit`. */
  'statement-run',
  /** The desired state from a call is in the database. */
  'row-written',
  'namespace-applied',
  'secret-created',
  'helm-started',
  'helm-exited',
  'release-deleted',
  'namespace-deleted',
  /** Status and history are in the database. */
  'status-written',
  'event-published',
] as const;

export type Effect = (typeof EFFECTS)[number];

export type OnEffect = (effect: Effect, detail?: string) => void;

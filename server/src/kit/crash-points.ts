/**
 * What the server does to the world, each by its name, announced right after it was done. Between any two of them the
 * process may be killed; the crash tests kill it at each.
 */
export const EFFECTS = [
  /** The database ran a statement; `detail` is its SQL. `begin` and `commit` are statements, too. */
  'statement-run',
  /** A call's wish is in the database. */
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

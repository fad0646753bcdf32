/**
 * Side effects of the server, each announced right after it happened. The process may be killed between any two of them;
 * the crash tests subscribe to the channel and kill it at each.
 */
import { channel } from 'node:diagnostics_channel';

export const CRASH_POINTS = [
  /** The database ran a statement; `detail` is its SQL. `begin` and `commit` are statements too. */
  'statement-run',
  /** The change that a call or a store's calendar requested is in the database. */
  'row-written',
  'namespace-applied',
  'secret-created',
  /** The Jobs of former revisions are gone, so that no two setups run at once. */
  'setups-deleted',
  'helm-started',
  'helm-exited',
  /** Volumes have the size that the values ask for, as far as their class allows it. */
  'volumes-grown',
  /** A workload has begun to replace its pods. */
  'pods-restarted',
  /** A workload has begun to end or to start its pods, or a CronJob starts no more or some again. */
  'pods-switched',
  /** The Jobs of a store that is suspended are gone. */
  'tasks-ended',
  'release-deleted',
  'namespace-deleted',
  /** Status and history are in the database. */
  'status-written',
  'event-published',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** A message of the channel. */
export interface CrashPointMessage {
  point: CrashPoint;
  detail: string;
}

export const CRASH_POINT_CHANNEL = 'shopyard:crash-point';

const crashPoints = channel(CRASH_POINT_CHANNEL);

export function crashPoint(point: CrashPoint, detail = ''): void {
  if (crashPoints.hasSubscribers) crashPoints.publish({ point, detail } satisfies CrashPointMessage);
}

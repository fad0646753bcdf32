/** Taking a cluster's Lease at the start: reads it, judges it, waits where that makes sense, and writes. */
import type { Logger } from 'pino';
import type { Clock } from '../kit/clock.ts';
import { ClusterError, type ClusterErrorKind } from '../kube/errors.ts';
import type { Lease, LeaseApi, LeaseContent } from '../kube/lease.ts';
import { type Holder, toIdentity } from './holder.ts';
import { DURATION_MS, judgeLease } from './judge-lease.ts';
import { ClusterHeldError } from './lease-errors.ts';
import { confirmingText, forbiddenText, refusalText, waitingText } from './lease-words.ts';
import { type Moment, toMoment } from './moment.ts';

const POLL_MS = 1000;
/** The API server's time to answer, in real time. */
export const ANSWER_MS = 5000;

export interface AcquireOptions {
  leases: LeaseApi;
  me: Holder;
  /** A process of this installation that is known to have ended: its Lease is taken at once. */
  predecessor: Holder | undefined;
  /** The cluster runs inside the data directory, so whoever has the one has the other. */
  exclusive: boolean;
  version: string;
  clock: Clock;
  log: Logger;
}

export interface Acquired {
  lease: Lease;
  /** Right before it was asked for. */
  at: Moment;
  /** It was taken from a process that isn't known to have ended: its helm may still be at work. */
  takenOver: boolean;
}

/** Throws ClusterHeldError when it is another's or may not be used, ClusterError when the API server doesn't answer. */
export async function acquireLease(options: AcquireOptions, stop: AbortSignal): Promise<Acquired> {
  const { clock, leases, me, log } = options;
  const begun = clock.monotonic();
  let seen: { version: string | undefined; at: number } | undefined;
  let said: string | undefined;
  for (;;) {
    const lease = await leases.read(answerWithin(stop)).catch(refuseForbidden);
    const at = seen ? clock.monotonic() : begun;
    if (!seen || seen.version !== lease?.resourceVersion) seen = { version: lease?.resourceVersion, at };
    const now = clock.now().getTime();
    const verdict = judgeLease({ ...options, lease, now, watchedMs: at - begun, unchangedMs: at - seen.at });
    if (verdict === 'take' || !lease) {
      const acquired = await take(options, lease, stop);
      if (acquired) return acquired;
      continue;
    }
    if (verdict === 'refuse') throw new ClusterHeldError(refusalText(lease, me.installation, now));
    if (said !== verdict) log.warn(verdict === 'wait' ? waitingText(lease, now) : confirmingText(lease, now));
    said = verdict;
    await clock.sleep(POLL_MS, stop);
  }
}

/** Undefined when somebody else was quicker. */
async function take(
  { leases, me, predecessor, exclusive, version, clock }: AcquireOptions,
  before: Lease | undefined,
  stop: AbortSignal,
): Promise<Acquired | undefined> {
  const holder = toIdentity(me);
  const changesHands = before !== undefined && before.holder !== holder;
  const at = toMoment(clock);
  const content: LeaseContent = {
    holder,
    durationMs: DURATION_MS,
    renewedAt: at.wall,
    transitions: (before?.transitions ?? 0) + (changesHands ? 1 : 0),
    version,
    url: undefined,
    since: new Date(at.wall).toISOString(),
  };
  const known = [undefined, holder, predecessor && toIdentity(predecessor)];
  try {
    const lease = await leases.write(content, before?.resourceVersion, answerWithin(stop)).catch(refuseForbidden);
    return { lease, at, takenOver: !exclusive && !known.includes(before?.holder) };
  } catch (error) {
    if (isKind(error, 'conflict', 'not-found')) return undefined;
    throw error;
  }
}

/** Bounds one request to the API server. */
export function answerWithin(stop: AbortSignal): AbortSignal {
  return AbortSignal.any([stop, AbortSignal.timeout(ANSWER_MS)]);
}

export function isKind(error: unknown, ...kinds: ClusterErrorKind[]): boolean {
  return error instanceof ClusterError && kinds.includes(error.kind);
}

function refuseForbidden(error: unknown): never {
  throw isKind(error, 'forbidden') ? new ClusterHeldError(forbiddenText((error as Error).message)) : error;
}

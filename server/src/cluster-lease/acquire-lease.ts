/** Acquires a cluster's Lease at startup: reads it, judges it, waits if that can help, and writes it. */
import { messageOf } from '../kit/error-message.ts';
import type { Logger } from 'pino';
import type { Clock } from '../kit/clock.ts';
import { isKind } from '../kube/errors.ts';
import type { Lease, LeaseApi, LeaseContent } from '../kube/lease.ts';
import { type Holder, toIdentity } from './holder.ts';
import { DURATION_MS, judgeLease } from './judge-lease.ts';
import { ClusterHeldError } from './lease-errors.ts';
import { confirmingText, forbiddenText, refusalText, waitingText } from './lease-words.ts';
import { type Moment, toMoment } from './moment.ts';

const POLL_MS = 1000;
/** Request timeout, in real time. */
export const ANSWER_MS = 5000;

export interface AcquireOptions {
  leases: LeaseApi;
  claim: {
    me: Holder;
    /** A process of this installation known to have ended: its Lease is taken at once. */
    predecessor: Holder | undefined;
    /** The cluster runs inside the data directory, so the directory's lock covers both. */
    exclusive: boolean;
    version: string;
  };
  clock: Clock;
  log: Logger;
}

export interface Acquired {
  lease: Lease;
  /** Taken right before the request. */
  at: Moment;
  /** The previous holder may still be alive, and its helm still running. */
  takenOver: boolean;
}

/** Throws ClusterHeldError if another holds it or access is denied, ClusterError if the API server doesn't answer. */
export async function acquireLease(options: AcquireOptions, stop: AbortSignal): Promise<Acquired> {
  const { clock, leases, claim, log } = options;
  const begun = clock.monotonic();
  let seen: { version: string | undefined; at: number } | undefined;
  let said: string | undefined;
  for (;;) {
    const lease = await leases.read(answerWithin(stop)).catch(refuseForbidden);
    const at = seen ? clock.monotonic() : begun;
    if (!seen || seen.version !== lease?.resourceVersion) seen = { version: lease?.resourceVersion, at };
    const now = clock.now().getTime();
    const verdict = judgeLease({ ...claim, lease, now, watchedMs: at - begun, unchangedMs: at - seen.at });
    if (verdict === 'take' || !lease) {
      const acquired = await take(options, lease, stop);
      if (acquired) return acquired;
      continue;
    }
    if (verdict === 'refuse') throw new ClusterHeldError(refusalText(lease, claim.me.installation, now));
    if (said !== verdict) log.warn(verdict === 'wait' ? waitingText(lease, now) : confirmingText(lease, now));
    said = verdict;
    await clock.sleep(POLL_MS, stop);
  }
}

/** Returns `undefined` if another process was faster. */
async function take(
  { leases, claim, clock }: AcquireOptions,
  before: Lease | undefined,
  stop: AbortSignal,
): Promise<Acquired | undefined> {
  const { me, predecessor, exclusive, version } = claim;
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

function refuseForbidden(error: unknown): never {
  throw isKind(error, 'forbidden') ? new ClusterHeldError(forbiddenText(messageOf(error))) : error;
}

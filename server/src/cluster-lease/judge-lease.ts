/**
 * Decides whether a cluster's Lease may be taken. Pure. The renewal time comes from the holder's clock, which may be
 * off by hours, so a Lease that looks expired is first watched for longer than a renewal interval.
 */
import type { Lease } from '../kube/lease.ts';
import { type Holder, installationOf, toIdentity } from './holder.ts';

export const DURATION_MS = 30_000;
export const RENEW_MS = 10_000;
/** Longer than a live holder goes without renewing. */
const CONFIRM_MS = 12_000;
const SKEW_MS = 5000;
/** Wait for another process of this installation: one Lease duration plus a renewal. */
const PATIENCE_MS = 40_000;

export interface LeaseSituation {
  lease: Lease | undefined;
  me: Holder;
  /** A process of this installation known to have ended. */
  predecessor: Holder | undefined;
  /** The cluster runs inside the data directory, so the directory's lock covers both. */
  exclusive: boolean;
  /** Epoch milliseconds. */
  now: number;
  /** Milliseconds since the Lease was first seen, and since it was first seen with this version. */
  watchedMs: number;
  unchangedMs: number;
}

export type Verdict =
  | 'take'
  /** It looks expired: watch it a little longer. */
  | 'confirm'
  /** Another process of this installation holds it. */
  | 'wait'
  | 'refuse';

export function judgeLease(situation: LeaseSituation): Verdict {
  const { lease, me, predecessor, exclusive, now, watchedMs, unchangedMs } = situation;
  if (!lease?.holder || exclusive || lease.holder === toIdentity(me)) return 'take';
  if (predecessor && lease.holder === toIdentity(predecessor)) return 'take';
  if (unchangedMs >= lease.durationMs) return 'take';
  const age = now - lease.renewedAt;
  const renewedMeanwhile = watchedMs > unchangedMs;
  if (age >= lease.durationMs && !renewedMeanwhile) return unchangedMs >= CONFIRM_MS ? 'take' : 'confirm';
  // Renewed in the future: one clock is wrong, so only watching a full Lease duration can settle it.
  if (age < -SKEW_MS && !renewedMeanwhile) return 'confirm';
  if (installationOf(lease.holder) !== me.installation) return 'refuse';
  return watchedMs >= PATIENCE_MS ? 'refuse' : 'wait';
}

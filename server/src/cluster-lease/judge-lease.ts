/**
 * Whether a cluster's Lease may be taken: pure. The renewal's time is written by the holder's clock, which may be wrong by
 * hours; so a Lease that seems to have run out is first watched for longer than a holder takes to renew it.
 */
import type { Lease } from '../kube/lease.ts';
import { type Holder, installationOf, toIdentity } from './holder.ts';

export const DURATION_MS = 30_000;
export const RENEW_MS = 10_000;
/** Longer than a holder that is alive goes without renewing. */
const CONFIRM_MS = 12_000;
const SKEW_MS = 5000;
/** Another process of this installation is waited for this long: a Lease's whole life and a renewal. */
const PATIENCE_MS = 40_000;

export interface LeaseSituation {
  lease: Lease | undefined;
  me: Holder;
  /** A process of this installation that is known to have ended. */
  predecessor: Holder | undefined;
  /** Whoever has the data directory has the cluster: it runs inside. */
  exclusive: boolean;
  /** Epoch milliseconds. */
  now: number;
  /** Milliseconds since the Lease was first seen, and since it was first seen with this version. */
  watchedMs: number;
  unchangedMs: number;
}

export type Verdict =
  | 'take'
  /** It seems to have run out: to be watched a little longer. */
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
  // From the future: one of the two clocks is wrong, so only watching it for all of its life tells.
  if (age < -SKEW_MS && !renewedMeanwhile) return 'confirm';
  if (installationOf(lease.holder) !== me.installation) return 'refuse';
  return watchedMs >= PATIENCE_MS ? 'refuse' : 'wait';
}

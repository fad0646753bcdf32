/**
 * Decides whether a store needs attention. Pure: depends on why the store is not Ready, and for how long. Levels that
 * need someone are delayed, so that transient trouble alarms nobody; they end at once.
 */
import type { Attention, Phase, Reason } from '@shopyard/contracts';

export interface AttentionState extends Attention {
  /** Start of the current uninterrupted trouble, whatever its reasons. */
  troubleSince?: string;
  /** When the level changes if nothing else happens. */
  changesAt?: string;
}

export interface Trouble {
  phase: Phase;
  reason: Reason | undefined;
  /** Crashes of the affected container, or failed attempts of the pending action. */
  count: number;
  /** The current step exceeds its budget, regardless of other causes. */
  overdue: boolean;
  /** Since when a once-Ready shop has been down; `undefined` while it answers or was never Ready. */
  downSince: string | undefined;
}

interface Rule {
  level: 'working' | 'stuck' | 'broken';
  /** Seconds of trouble during which the level stays `working`. */
  after?: number;
  /** The same threshold as a `count`. */
  atCount?: number;
  /** It was asked for: trouble that follows counts from its own start. */
  isRequested?: true;
}

const RAISE_S = 10;
const DOWN_S = 30;

const BROKEN: Rule = { level: 'broken' };
const STUCK: Rule = { level: 'stuck' };
/** Normal for a while during container startup. */
const SLOW: Rule = { level: 'stuck', after: 60 };
/** Shopyard retries these itself. */
const TRIED: Rule = { level: 'stuck', atCount: 3 };
const REPAIRED: Rule = { level: 'stuck', after: 120 };
const REQUESTED: Rule = { level: 'working', isRequested: true };

/** Every phase reason. */
const RULES: Readonly<Record<Reason, Rule>> = {
  InstallingEngine: { level: 'working' },
  EngineNotInstalled: STUCK,
  ImageNotFound: BROKEN,
  ImageNameInvalid: BROKEN,
  CommandFailed: BROKEN,
  ImageUnauthorized: BROKEN,
  ImageNotLoaded: BROKEN,
  PullSecretMissing: STUCK,
  SidecarRunning: STUCK,
  ImageRateLimited: STUCK,
  RegistryUnreachable: STUCK,
  ImagePullFailed: STUCK,
  OutOfMemory: { level: 'broken', atCount: 2 },
  CrashLoop: { level: 'broken', atCount: 3 },
  ProbeFailing: SLOW,
  NotReady: SLOW,
  StepOverdue: STUCK,
  SetupRetrying: { level: 'working' },
  SetupFailed: BROKEN,
  ConfigMissing: STUCK,
  MountFailed: STUCK,
  VolumePending: STUCK,
  Unschedulable: STUCK,
  QuotaExceeded: STUCK,
  QuotaNeedsLimits: STUCK,
  LimitExceeded: STUCK,
  PodSecurity: STUCK,
  PodRefused: STUCK,
  ClusterRefused: STUCK,
  Forbidden: STUCK,
  InvalidValues: BROKEN,
  ChartMissing: BROKEN,
  InvalidObject: BROKEN,
  ImmutableField: BROKEN,
  RefusedByPolicy: STUCK,
  ManifestRefused: BROKEN,
  NamespaceConflict: BROKEN,
  OwnedByAnother: BROKEN,
  HelmFailed: TRIED,
  HelmTimedOut: TRIED,
  ReleaseNotFound: TRIED,
  ReleaseLocked: TRIED,
  ReleaseBusy: TRIED,
  ReleaseMissing: TRIED,
  ClusterUnreachable: TRIED,
  Restarting: REQUESTED,
  Suspending: { level: 'stuck', after: 180 },
  Resuming: REQUESTED,
  ChangeWaiting: REQUESTED,
  ObjectMissing: REPAIRED,
  ObjectChanged: REPAIRED,
  NamespaceMissing: REPAIRED,
  AddressChanged: REPAIRED,
  NamespaceTerminating: REPAIRED,
  VolumeDeleting: BROKEN,
  VolumeTerminating: BROKEN,
  VolumeLost: BROKEN,
  CredentialsLost: BROKEN,
  Adopted: STUCK,
  NothingToBuy: SLOW,
  NoPayment: SLOW,
  ComingSoon: SLOW,
  ClosedToVisitors: SLOW,
  NoCashOnDelivery: STUCK,
  NoAnswer: { level: 'stuck', after: 30, atCount: 3 },
  PageFails: { level: 'stuck', after: 30, atCount: 3 },
  ProductNotShown: { level: 'stuck', after: 30, atCount: 3 },
  CartFails: { level: 'stuck', after: 30, atCount: 3 },
  CartRefuses: { level: 'stuck', after: 30, atCount: 3 },
  NoStoreApi: { level: 'stuck', after: 30, atCount: 3 },
};

const URGENCY = { ok: 0, working: 1, stuck: 2, broken: 3 } as const;

/** `before`: the last recorded state; for a new store, its creation. `now`: ISO 8601. */
export function attentionOf(trouble: Trouble, before: AttentionState, now: string): AttentionState {
  const { phase, reason } = trouble;
  if (phase === 'Ready' || phase === 'Suspended') return settle('ok', before, now);
  if (reason === undefined) return settle('working', before, now);
  const isRequested = RULES[reason].isRequested && phase !== 'Failed' && !trouble.overdue && !trouble.downSince;
  if (isRequested && before.troubleSince === undefined) return { ...settle('working', before, now), reason };
  const troubleSince = before.troubleSince ?? now;
  const due = dueOf(trouble, troubleSince);
  const reached = due.filter(({ at }) => at <= Date.parse(now)).map(({ level }) => level);
  const level = reached.toSorted((a, b) => URGENCY[b] - URGENCY[a])[0] ?? 'working';
  const next = due.filter(({ at, level: later }) => at > Date.parse(now) && URGENCY[later] > URGENCY[level]);
  const changesAt = Math.min(...next.map(({ at }) => at));
  return {
    ...settle(level, before, level === 'working' ? now : troubleSince),
    reason,
    troubleSince,
    ...(Number.isFinite(changesAt) ? { changesAt: new Date(changesAt).toISOString() } : {}),
  };
}

/** Every level it will reach, with the time in epoch milliseconds. */
function dueOf(
  { phase, reason, count, overdue, downSince }: Trouble,
  troubleSince: string,
): { level: Rule['level']; at: number }[] {
  const { level, after = RAISE_S, atCount = 0 } = phase === 'Failed' ? BROKEN : reason ? RULES[reason] : SLOW;
  const began = Date.parse(troubleSince);
  return [
    ...(count >= atCount ? [{ level, at: began + after * 1000 }] : []),
    ...(overdue ? [{ level: 'stuck' as const, at: began + RAISE_S * 1000 }] : []),
    ...(downSince === undefined ? [] : [{ level: 'broken' as const, at: Date.parse(downSince) + DOWN_S * 1000 }]),
  ];
}

/** Keeps the start time while the level stays, and from `stuck` to `broken`. */
function settle(level: Attention['level'], before: AttentionState, since: string): AttentionState {
  const same = level === before.level || (URGENCY[level] >= 2 && URGENCY[before.level] >= 2);
  return { level, since: same ? before.since : since };
}

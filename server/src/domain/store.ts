/** A store as the storage keeps it: its spec, and the status that the reconciler recorded. */
import type { Condition, Finding, Phase, Reason, StoreProfile, ChartPin } from '@shopyard/contracts';
import type { AttemptState } from './attempt.ts';
import type { AttentionState } from './attention.ts';
import type { Desired } from './desired.ts';
import type { Inventory } from './inventory.ts';
import type { RunningOperation, WaitingChange } from './operations.ts';
import type { Restarts } from './restarts.ts';
import type { Versions } from './versions.ts';

/** The reason that an adopted store gives until its spec gets another generation here. */
export const ADOPTED = 'Adopted' satisfies Reason;

/** An unresolved failure. */
export interface Problem extends Finding {
  generation: number;
  /** ISO 8601 time of the next automatic retry. */
  retryAt?: string;
  /** Consecutive failures. */
  tries?: number;
}

/** Result of the last storefront check. */
export interface Sighting {
  /** Why the shop sells nothing; `Orderable` if it sells, `Answers` if it need not, `FoundInCluster` before the first check. */
  reason: Reason | 'Orderable' | 'Answers' | 'FoundInCluster';
  /** One sentence. */
  message: string;
  /** ISO 8601. */
  at?: string;
  /** Consecutive failures of a shop that has worked. */
  failures?: number;
}

/** What a store should be. Its namespace keeps a copy, from which a lost database is rebuilt. */
export interface StoreSpec {
  id: string;
  name: string;
  namespace: string;
  engine: string;
  createdBy: string;
  /** ISO 8601. */
  createdAt: string;
  generation: number;
  desired: Desired;
  values: Record<string, unknown>;
  profile: StoreProfile;
  /** A change that is accepted, and no part of the values before its window opens. */
  waiting?: WaitingChange | undefined;
  /** Absent for stores from before there were pins, until their release is read. */
  chart?: ChartPin | undefined;
}

/** An adopted store that stays as the former installation left it until someone changes it. */
export interface Held {
  generation: number;
  /** Its current URL; `undefined` if unknown. */
  url: string | undefined;
}

/** A spec as a namespace keeps it. */
export interface FoundSpec extends StoreSpec {
  held: Held | undefined;
}

/** What was observed of a store, and derived from it. */
export interface StoreStatus {
  phase: Phase;
  reason: Reason | undefined;
  message: string | undefined;
  conditions: Condition[];
  /** The newest generation that the cluster was seen to have. */
  observedGeneration: number;
  verifiedRevision: number;
  problem: Problem | undefined;
  readyAt: string | undefined;
  /** Its objects when it last worked. */
  inventory: Inventory | undefined;
  /** Absent in a new store whose shop does not exist yet. */
  sighting: Sighting | undefined;
  attention: AttentionState;
  attempt: AttemptState | undefined;
  /** Requested restarts that are over. */
  restarted: Restarts;
  /** Those of its last complete setup; `undefined` before. */
  versions: Versions | undefined;
}

export interface StoreRecord extends StoreSpec, StoreStatus {
  /** Its URL; domain and port may differ from those at installation. */
  url: string;
  /** The cluster that it is on, see ClusterHandle. */
  clusterId: string;
  /** What brings about what somebody asked for last. The cluster keeps no copy: what is left to do shows without it. */
  running: RunningOperation | undefined;
  /** Requested restarts. The cluster keeps no copy: a lost database must restart nothing. */
  restarts: Restarts;
  /** When it was last resumed, ISO 8601: its shop is checked before it is Ready again. The cluster keeps no copy. */
  resumedAt: string | undefined;
  /** Deletion may remove finalizers from its objects. */
  forced: boolean;
  /** Adopted and unchanged since: only observed, and left as the former installation left it. */
  held: boolean;
}

/** The values passed to helm: the store's own, overridden by its fixed identity. */
export function helmValuesOf({
  id,
  name,
  url,
  values,
}: Pick<StoreRecord, 'id' | 'name' | 'url' | 'values'>): Record<string, unknown> {
  const given = values['store'];
  const own = typeof given === 'object' && given !== null ? given : {};
  return { ...values, store: { ...own, id, name, url } };
}

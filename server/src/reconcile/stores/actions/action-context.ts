/** What actions are given and return. Actions decide nothing: each does one thing, idempotently, or throws. */
import type { Pinned } from '@shopyard/contracts';
import type { Engine } from '@shopyard/engines';
import type { EngineChart } from '../../../chart/engine-charts.ts';
import type { StoreObservation } from '../../../domain/observation.ts';
import type { StoreResources } from '../../../cluster/resources.ts';
import type { Helm } from '../../../helm/helm.ts';
import type { StoreAnswer, StoreRequest } from '../../../store-access/store-http.ts';
import type { ManifestGuard } from '../../manifest-guard.ts';
import type { InFlightReleases } from '../../../helm/in-flight-releases.ts';
import type { ActionOf, ActiveAction } from '../../../domain/plan.ts';
import type { Facts } from '../../../domain/status.ts';
import type { StoreRecord, StoreSpec } from '../../../domain/store.ts';

/** What works on a store's release. */
export interface ReleaseTools {
  helm: Helm;
  /** Checks every manifest before helm applies it. */
  manifests: ManifestGuard;
  operations: InFlightReleases;
}

export interface ActionContext {
  releases: ReleaseTools;
  cluster: StoreResources;
  /** Sends one request to the store, as a browser would. */
  request: (request: StoreRequest) => Promise<StoreAnswer>;
  /** See EngineCharts. */
  charts: { of: (store: Pinned) => Pick<EngineChart, 'platform' | 'withPlatform' | 'path'> | undefined };
  /** Mail is captured locally and never leaves the machine. */
  keepsMail: boolean;
  now: () => Date;
}

export interface ActionTarget {
  store: StoreRecord;
  engine: Engine;
  /** The observation behind the decision. Actions read the cluster itself before changing anything. */
  view: StoreObservation;
  signal: AbortSignal;
}

/** What the history calls an action that had an effect. */
export type HistoryCode =
  | 'install'
  | 'move'
  | 'restart'
  | 'suspend'
  | 'resume'
  | 'foreign-fields'
  | 'repair'
  | 'verify'
  | 'release-finalizers'
  | 'uninstall';

export interface Outcome {
  /** Absent if there was nothing to do. */
  did?: HistoryCode;
  /** The effect, to follow the code in a sentence. */
  detail?: string;
  facts?: Facts;
  /** The store works: its objects, as observed when this is recorded, become its inventory. */
  takesInventory?: boolean;
  /** Nothing of the store is left in the cluster. */
  isGone?: boolean;
  /** It changed nothing in the cluster, so no event will lead to what comes next. */
  isRead?: true;
}

/** Throws RetryError, TerminalError, HelmError or ClusterError. */
export type Run<T extends ActiveAction['type']> = (
  context: ActionContext,
  target: ActionTarget,
  action: ActionOf<T>,
) => Promise<Outcome>;

export function toSpec(store: StoreRecord): StoreSpec {
  const { id, name, namespace, engine, createdBy, createdAt, generation, desired, values } = store;
  const { profile, chart, waiting } = store;
  return { id, name, namespace, engine, createdBy, createdAt, generation, desired, values, profile, chart, waiting };
}

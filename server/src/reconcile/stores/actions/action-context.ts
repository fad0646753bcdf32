/** Input of the actions. Actions decide nothing: each does one thing, idempotently, or throws. */
import type { Engine } from '@shopyard/engines';
import type { EngineChart } from '../../../chart/engine-charts.ts';
import type { StoreObservation } from '../../../domain/observation.ts';
import type { StoreResources } from '../../../cluster/resources.ts';
import type { StoreSpec } from '../../../cluster/namespace.ts';
import type { Helm } from '../../../helm/helm.ts';
import type { StoreAnswer, StoreRequest } from '../../../store-access/store-http.ts';
import type { ManifestGuard } from '../../manifest-guard.ts';
import type { InFlightReleases } from '../../../helm/in-flight-releases.ts';
import type { StoreRecord } from '../../../domain/store.ts';

export interface ActionContext {
  helm: Helm;
  /** Checks every manifest before helm applies it. */
  manifests: ManifestGuard;
  /** The current observation. */
  viewOf: (store: { id: string; namespace: string; engine: string }) => StoreObservation;
  cluster: StoreResources;
  /** Sends one request to the store, as a browser would. */
  request: (request: StoreRequest) => Promise<StoreAnswer>;
  /** By engine: the platform's values for its stores. */
  charts: ReadonlyMap<string, Pick<EngineChart, 'platformValues'>>;
  /** Mail is captured locally and never leaves the machine. */
  keepsMail: boolean;
  operations: InFlightReleases;
  now: () => Date;
}

export interface ActionTarget {
  store: StoreRecord;
  engine: Engine;
  /** The observation behind the decision. Actions read the cluster itself before changing anything. */
  view: StoreObservation;
  signal: AbortSignal;
}

export function toSpec(store: StoreRecord): StoreSpec {
  const { id, name, namespace, engine, createdBy, createdAt, generation, desired, values } = store;
  return { id, name, namespace, engine, createdBy, createdAt, generation, desired, values };
}

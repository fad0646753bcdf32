/** What the actions work with. They decide nothing: they do one thing, idempotently, or throw. */
import type { StoreView } from '../../../domain/observation.ts';
import type { StoreCluster } from '../../../cluster/resources.ts';
import type { StoreIdentity } from '../../../cluster/namespace.ts';
import type { Helm } from '../../../helm/helm.ts';
import type { StoreAnswer, StoreRequest } from '../../../store-access/store-http.ts';
import type { CheckValues } from '../../../chart/check-values.ts';
import type { ManifestGuard } from '../../manifest-guard.ts';
import type { Operations } from '../../../helm/in-flight-releases.ts';
import type { StoreState } from '../../../domain/store.ts';

export interface ActionContext {
  helm: Helm;
  /** Held against every manifest before helm applies it. */
  manifests: ManifestGuard;
  checkValues: CheckValues;
  /** As observed at this moment. */
  viewOf: (store: { id: string; namespace: string }) => StoreView;
  cluster: StoreCluster;
  /** One request to the store, as a browser would send it. */
  request: (request: StoreRequest) => Promise<StoreAnswer>;
  /** The platform's own values file, for what a chart default or the operator decides. */
  platformValues: Record<string, unknown>;
  /** Mail is kept beside the stores and never leaves the machine. */
  keepsMail: boolean;
  operations: Operations;
  now: () => Date;
}

export interface ActionTarget {
  store: StoreState;
  /** As observed when it was decided to act; the cluster itself is read before anything is changed. */
  view: StoreView;
  signal: AbortSignal;
}

export function identityOf(store: StoreState): StoreIdentity {
  const { id, name, namespace, engine, createdBy, createdAt, generation, desired, values } = store;
  return { id, name, namespace, engine, createdBy, createdAt, generation, desired, values };
}

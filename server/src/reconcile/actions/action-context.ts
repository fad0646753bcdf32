/** What the actions work with. They decide nothing: they do one thing, idempotently, or throw. */
import type { OnEffect } from '../../effects.ts';
import type { StoreCluster, StoreIdentity } from '../../cluster/store-cluster.ts';
import type { Helm } from '../../helm/helm.ts';
import type { StoreAnswer, StoreRequest } from '../../store-gate/store-http.ts';
import type { StoreState } from '../store-state.ts';

export interface ActionContext {
  helm: Helm;
  cluster: StoreCluster;
  /** The store's address, as its pages write it. */
  urlOf: (name: string) => string;
  /** One request to the store, as a browser would send it. */
  request: (request: StoreRequest) => Promise<StoreAnswer>;
  /** The platform's own values file, for what a chart default or the operator decides. */
  platformValues: Record<string, unknown>;
  onEffect: OnEffect;
}

export interface ActionTarget {
  store: StoreState;
  signal: AbortSignal;
}

export function identityOf(store: StoreState): StoreIdentity {
  const { id, name, namespace, engine, createdBy } = store;
  return { id, name, namespace, engine, createdBy };
}

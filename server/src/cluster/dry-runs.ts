/** What the cluster would make of a store's objects. Changes nothing; each throws ClusterError if it doesn't answer. */
import { type Engines, requireEngine } from '@shopyard/engines';
import type { StoreSpec } from '../domain/store.ts';
import type { ManifestObject } from '../kube/applied-object.ts';
import type { KubeClient } from '../kube/client.ts';
import { type Judgement, judgeObject, type Refusal, refusalOf } from '../kube/dry-run.ts';
import { namespaceOf } from './namespace.ts';

/** A pod that a workload would make. */
export interface PodDraft {
  /** Of the workload. */
  name: string;
  metadata?: object | undefined;
  spec: object;
}

export interface QuotaObject {
  metadata: { name: string };
  spec?: { hard?: Record<string, string | number> };
}

/** Where an existing store is. */
interface Place {
  namespace: string;
}

export interface DryRuns {
  /** Applies an object as helm does. */
  object(store: Place, object: ManifestObject, signal: AbortSignal): Promise<Judgement>;
  /** Why the cluster would not make this pod; `undefined` if it would, or can't be asked. */
  pod(store: Place, pod: PodDraft, signal: AbortSignal): Promise<Refusal | undefined>;
  /** Why a claim can't grow to this size. */
  growth(store: Place, claim: { name: string; size: string }, signal: AbortSignal): Promise<Refusal | undefined>;
  /** Why the namespace of a new store can't be made. */
  namespace(store: StoreSpec, signal: AbortSignal): Promise<Refusal | undefined>;
  /** The quotas of the namespace, the store's own among them. */
  quotas(store: Place, signal: AbortSignal): Promise<QuotaObject[]>;
}

interface DryRunsOptions {
  client: KubeClient;
  engines: Engines;
  installation: string;
}

export function createDryRuns({ client, engines, installation }: DryRunsOptions): DryRuns {
  const query = { dryRun: 'All' };
  const core = ({ namespace }: Place): string => `/api/v1/namespaces/${namespace}`;
  return {
    object: ({ namespace }, object, signal) => judgeObject(client, object, { namespace, signal }),

    pod(store, { name, metadata, spec }, signal) {
      const body = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: `${name}-plan` }, spec };
      return refusalOf(client.json(`${core(store)}/pods`, { method: 'POST', query, body, signal }));
    },

    growth(store, { name, size }, signal) {
      const body = { spec: { resources: { requests: { storage: size } } } };
      const path = `${core(store)}/persistentvolumeclaims/${name}`;
      return refusalOf(client.json(path, { method: 'PATCH', query, body, signal }));
    },

    namespace(store, signal) {
      const { podSecurity } = requireEngine(engines, store);
      const body = namespaceOf(store, { installation, podSecurity });
      return refusalOf(client.json('/api/v1/namespaces', { method: 'POST', query, body, signal }));
    },

    async quotas(store, signal) {
      const { items } = await client.json<{ items: QuotaObject[] | null }>(`${core(store)}/resourcequotas`, { signal });
      return items ?? [];
    },
  };
}

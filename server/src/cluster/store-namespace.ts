/** A store's namespace: what it says of the store, and reading that back. */
import {
  CREATED_AT_ANNOTATION,
  CREATED_BY_ANNOTATION,
  DESIRED_ANNOTATION,
  ENGINE_ANNOTATION,
  GENERATION_ANNOTATION,
  STORE_ID_LABEL,
  STORE_NAME_ANNOTATION,
  VALUES_ANNOTATION,
} from './labels.ts';
import type { KubeObject } from './reflector.ts';

/** Everything that is to be known of a store when the database is lost. */
export interface StoreIdentity {
  id: string;
  name: string;
  namespace: string;
  engine: string;
  createdBy: string;
  /** ISO 8601. */
  createdAt: string;
  generation: number;
  desired: 'present' | 'absent';
  values: Record<string, unknown>;
}

export function namespaceOf(store: StoreIdentity): object {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: store.namespace,
      labels: {
        [STORE_ID_LABEL]: store.id,
        'app.kubernetes.io/managed-by': 'shopyard',
        // Baseline, because WordPress opens port 80 without root by a sysctl; all else of the chart passes restricted.
        'pod-security.kubernetes.io/enforce': 'baseline',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
      annotations: annotationsOf(store),
    },
  };
}

export function annotationsOf(store: StoreIdentity): Record<string, string> {
  return {
    [STORE_NAME_ANNOTATION]: store.name,
    [ENGINE_ANNOTATION]: store.engine,
    [CREATED_BY_ANNOTATION]: store.createdBy,
    [CREATED_AT_ANNOTATION]: store.createdAt,
    [GENERATION_ANNOTATION]: String(store.generation),
    [DESIRED_ANNOTATION]: store.desired,
    [VALUES_ANNOTATION]: JSON.stringify(store.values),
  };
}

/** The store that a namespace tells of; undefined when it tells of none, or not enough. */
export function storeOf({ metadata }: KubeObject): StoreIdentity | undefined {
  const { annotations = {}, labels = {}, name: namespace, creationTimestamp } = metadata;
  const [id, name, engine] = [
    labels[STORE_ID_LABEL],
    annotations[STORE_NAME_ANNOTATION],
    annotations[ENGINE_ANNOTATION],
  ];
  if (!id || !name || !engine) return undefined;
  return {
    id,
    name,
    namespace,
    engine,
    createdBy: annotations[CREATED_BY_ANNOTATION] ?? 'unknown',
    createdAt: new Date(annotations[CREATED_AT_ANNOTATION] ?? creationTimestamp ?? 0).toISOString(),
    generation: Number(annotations[GENERATION_ANNOTATION] ?? 1),
    desired: annotations[DESIRED_ANNOTATION] === 'absent' ? 'absent' : 'present',
    values: parseValues(annotations[VALUES_ANNOTATION]),
  };
}

function parseValues(text = '{}'): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

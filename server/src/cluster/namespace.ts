/** Writes a store's spec to its namespace and reads it back. */
import {
  DEFAULT_TEAM,
  engineSchema,
  isNestedDeeper,
  MAX_VALUES_DEPTH,
  namespaceOfStore,
  parseProfile,
  STORE_ID_PATTERN,
  storeNameSchema,
  formatPin,
  parsePin,
} from '@shopyard/contracts';
import type { Engine } from '@shopyard/engines';
import {
  CHART_ANNOTATION,
  CREATED_AT_ANNOTATION,
  CREATED_BY_ANNOTATION,
  DESIRED_ANNOTATION,
  ENGINE_ANNOTATION,
  GENERATION_ANNOTATION,
  HELD_GENERATION_ANNOTATION,
  HELD_URL_ANNOTATION,
  INSTALLATION_LABEL,
  PROFILE_ANNOTATION,
  STORE_ID_LABEL,
  STORE_NAME_ANNOTATION,
  TEAM_LABEL,
  VALUES_ANNOTATION,
  WAITING_ANNOTATION,
} from '../domain/labels.ts';
import { parseDesired } from '../domain/desired.ts';
import { parseWaiting } from '../domain/operations.ts';
import type { FoundSpec, Held, StoreSpec } from '../domain/store.ts';
import type { KubeObject } from '../kube/objects.ts';

/** Stands for the installation of namespaces that predate the label. */
export const UNKNOWN_INSTALLATION = 'unknown';

/** A store as its namespace describes it. */
export interface FoundStore extends FoundSpec {
  installation: string;
}

export interface NamespaceOptions {
  /** The store's owner. */
  installation: string;
  podSecurity: Engine['podSecurity'];
}

export function namespaceOf(store: StoreSpec, { installation, podSecurity }: NamespaceOptions): object {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: store.namespace,
      labels: {
        [STORE_ID_LABEL]: store.id,
        [INSTALLATION_LABEL]: installation,
        'app.kubernetes.io/managed-by': 'shopyard',
        [TEAM_LABEL]: store.profile.team ?? DEFAULT_TEAM,
        'pod-security.kubernetes.io/enforce': podSecurity,
        'pod-security.kubernetes.io/warn': 'restricted',
      },
      annotations: annotationsOf(store),
    },
  };
}

export function annotationsOf(store: StoreSpec): Record<string, string> {
  return {
    [STORE_NAME_ANNOTATION]: store.name,
    [ENGINE_ANNOTATION]: store.engine,
    [CREATED_BY_ANNOTATION]: store.createdBy,
    [CREATED_AT_ANNOTATION]: store.createdAt,
    [GENERATION_ANNOTATION]: String(store.generation),
    [DESIRED_ANNOTATION]: store.desired,
    [VALUES_ANNOTATION]: JSON.stringify(store.values),
    [PROFILE_ANNOTATION]: JSON.stringify(store.profile),
    ...(store.waiting ? { [WAITING_ANNOTATION]: JSON.stringify(store.waiting) } : {}),
    ...(store.chart ? { [CHART_ANNOTATION]: formatPin(store.chart) } : {}),
  };
}

/** Annotations that adoption overwrites: the store is held, and its former deletion is cancelled. */
export function annotationsOfHeld({
  generation,
  url,
  desired,
}: Held & Pick<StoreSpec, 'desired'>): Record<string, string | null> {
  return {
    [DESIRED_ANNOTATION]: desired,
    [HELD_GENERATION_ANNOTATION]: String(generation),
    [HELD_URL_ANNOTATION]: url ?? null,
  };
}

/** The stores described by namespaces, and the namespaces with a store's label but no valid description. */
export interface FoundStores {
  stores: FoundStore[];
  skipped: { namespace: string; why: string }[];
}

/** Labels and annotations are untrusted: accepts only an identity that we could have written. */
export function storesOf(namespaces: readonly KubeObject[]): FoundStores {
  const found: FoundStores = { stores: [], skipped: [] };
  const owners = new Map<string, string>();
  // A copied id can't displace the original: nobody can choose a namespace's creation time.
  const age = ({ metadata }: KubeObject): string => metadata.creationTimestamp ?? '';
  for (const object of namespaces.toSorted((a, b) => age(a).localeCompare(age(b)))) {
    const namespace = object.metadata.name;
    const store = parseStore(object);
    const owner = typeof store === 'string' ? undefined : owners.get(store.id);
    if (typeof store === 'string') found.skipped.push({ namespace, why: store });
    else if (owner !== undefined) found.skipped.push({ namespace, why: `its id is that of ${owner}` });
    else {
      owners.set(store.id, namespace);
      found.stores.push(store);
    }
  }
  return found;
}

/** The store described by a namespace, or why there is none. */
function parseStore({ metadata }: KubeObject): FoundStore | string {
  const { annotations = {}, labels = {}, name: namespace, creationTimestamp } = metadata;
  const id = labels[STORE_ID_LABEL] ?? '';
  if (!STORE_ID_PATTERN.test(id)) return `its label ${STORE_ID_LABEL} is no store's id`;
  const name = annotations[STORE_NAME_ANNOTATION] ?? '';
  if (!storeNameSchema.safeParse(name).success) return `its annotation ${STORE_NAME_ANNOTATION} is no store's name`;
  if (namespace !== namespaceOfStore(name)) return `the store that it names has another namespace`;
  const engine = engineSchema.safeParse(annotations[ENGINE_ANNOTATION]);
  if (!engine.success) return `its annotation ${ENGINE_ANNOTATION} is no engine's id`;
  const createdAt = new Date(annotations[CREATED_AT_ANNOTATION] ?? creationTimestamp ?? 0);
  if (Number.isNaN(createdAt.getTime())) return `its annotation ${CREATED_AT_ANNOTATION} is no time`;
  const generation = Number(annotations[GENERATION_ANNOTATION] ?? 1);
  if (!Number.isSafeInteger(generation) || generation < 1) return `its annotation ${GENERATION_ANNOTATION} is no count`;
  const desired = parseDesired(annotations[DESIRED_ANNOTATION]);
  if (!desired) return `its annotation ${DESIRED_ANNOTATION} is no desired state`;
  const createdBy = annotations[CREATED_BY_ANNOTATION] ?? 'unknown';
  if (!CREATOR_PATTERN.test(createdBy)) return `its annotation ${CREATED_BY_ANNOTATION} is no name`;
  const { [HELD_GENERATION_ANNOTATION]: generationHeld, [HELD_URL_ANNOTATION]: url } = annotations;
  if (generationHeld !== undefined && !/^[1-9]\d{0,14}$/.test(generationHeld))
    return `its annotation ${HELD_GENERATION_ANNOTATION} is no count`;
  if (url !== undefined && !HELD_URL_PATTERN.test(url)) return `its annotation ${HELD_URL_ANNOTATION} is no address`;
  const values = parseValues(annotations[VALUES_ANNOTATION]);
  const chart = parsePin(annotations[CHART_ANNOTATION]);
  return {
    id,
    name,
    namespace,
    engine: engine.data,
    createdBy,
    createdAt: createdAt.toISOString(),
    generation,
    desired,
    values,
    profile: parseProfile(annotations[PROFILE_ANNOTATION] ?? '{}'),
    waiting: parseWaiting(annotations[WAITING_ANNOTATION]),
    ...(chart ? { chart } : {}),
    installation: labels[INSTALLATION_LABEL] ?? UNKNOWN_INSTALLATION,
    held: generationHeld === undefined ? undefined : { generation: Number(generationHeld), url },
  };
}

const HELD_URL_PATTERN = /^https?:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?$/;

const CREATOR_PATTERN = /^[^\p{Cc}\u2028\u2029]{0,200}$/u;

/**
 * Text that is no JSON object, or too deep to be written again, is kept under the annotation's own name, which the
 * check of values refuses by that name.
 */
function parseValues(text = '{}'): Record<string, unknown> {
  try {
    const values = JSON.parse(text) as unknown;
    const isMap = typeof values === 'object' && values !== null && !Array.isArray(values);
    if (isMap && !isNestedDeeper(values, MAX_VALUES_DEPTH)) return values as Record<string, unknown>;
  } catch {
    // Falls through: no schema takes the key below, so the store is Failed and names the annotation.
  }
  return { [VALUES_ANNOTATION]: text };
}

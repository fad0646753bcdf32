/** Applies one manifest object as helm does: by server-side apply under helm's field manager. */
import { isDeepStrictEqual } from 'node:util';
import { unless } from './errors.ts';
import type { KubeClient, KubeRequest } from './client.ts';
import type { KubeObject } from './objects.ts';

/** An object from a manifest. */
export interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> };
}

/** How an object differs from its manifest. */
export interface Difference {
  /** The first field that applying the manifest would change, such as `spec.replicas`; `undefined` if none. */
  field: string | undefined;
  /** Another field manager, such as `kubectl-edit`; `undefined` if only helm and the cluster itself set fields. */
  foreign: string | undefined;
}

export type LiveObject = KubeObject & { metadata: { managedFields?: ManagedFields[] } };

interface ManagedFields {
  manager?: string;
  subresource?: string;
  time?: string;
  fieldsV1?: Record<string, unknown>;
}

/** Shopyard sets a store's fields under helm's name, so that helm upgrades meet no conflict. */
const MANAGER = 'helm';
const PLURALS: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  LimitRange: 'limitranges',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  ResourceQuota: 'resourcequotas',
  Service: 'services',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  CronJob: 'cronjobs',
  Job: 'jobs',
  Ingress: 'ingresses',
  NetworkPolicy: 'networkpolicies',
  RoleBinding: 'rolebindings',
};

interface ApplyOptions {
  namespace: string;
  signal: AbortSignal;
}

/** Returns `undefined` if the object doesn't exist. Throws ClusterError. */
export async function differenceOf(
  client: KubeClient,
  object: ManifestObject,
  { namespace, signal }: ApplyOptions,
): Promise<Difference | undefined> {
  const live = await readObject(client, pathOf(object, namespace), signal);
  if (!live) return undefined;
  const { query, ...request } = applying(object);
  const dryRun = { ...request, query: { ...query, dryRun: 'All' }, signal };
  const applied = await client.json<LiveObject>(pathOf(object, namespace), dryRun);
  return { field: firstDifference(essence(live), essence(applied)), foreign: foreignManager(live) };
}

/** Returns true if something changed, false if the object matched the manifest. Throws ClusterError. */
export async function applyObject(
  client: KubeClient,
  object: ManifestObject,
  { namespace, signal }: ApplyOptions,
): Promise<boolean> {
  const path = pathOf(object, namespace);
  const before = await readObject(client, path, signal);
  const after = await client.json<LiveObject>(path, { ...applying(object), signal });
  return before?.metadata.resourceVersion !== after.metadata.resourceVersion;
}

/** Deletes the object, and its dependents in the background. Succeeds if it is already gone. Throws ClusterError. */
export async function deleteObject(
  client: KubeClient,
  object: ManifestObject,
  { namespace, signal }: ApplyOptions,
): Promise<void> {
  const query = { propagationPolicy: 'Background' };
  await unless('not-found', client.json(pathOf(object, namespace), { method: 'DELETE', query, signal }));
}

/** The request that applies an object as helm does. */
export function applying(body: ManifestObject): KubeRequest & { query: Record<string, string> } {
  return { method: 'PATCH', patch: 'apply', body, query: { fieldManager: MANAGER, force: 'true' } };
}

/** `undefined` if there is none. Throws ClusterError. */
export function readObject(client: KubeClient, path: string, signal: AbortSignal): Promise<LiveObject | undefined> {
  return unless('not-found', client.json<LiveObject>(path, { signal }));
}

export function pathOf({ apiVersion, kind, metadata }: ManifestObject, namespace: string): string {
  const plural = PLURALS[kind];
  if (plural === undefined) throw new Error(`no store consists of a ${kind}`);
  const api = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${api}/namespaces/${namespace}/${plural}/${metadata.name}`;
}

/** Strips the metadata that every write changes, and the status. */
export function essence({ metadata, ...rest }: LiveObject): Record<string, unknown> {
  const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...kept } = metadata;
  return { ...rest, status: undefined, metadata: kept };
}

/** The path of the first differing field, or of the list that contains it; `undefined` if there is none. */
function firstDifference(before: Record<string, unknown>, after: Record<string, unknown>): string | undefined {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [one, other] = [before[key], after[key]];
    if (isDeepStrictEqual(one, other)) continue;
    const rest = isMap(one) && isMap(other) ? firstDifference(one, other) : undefined;
    return rest === undefined ? key : `${key}.${rest}`;
  }
  return undefined;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The last manager to set a spec field; anyone may set labels and annotations. */
function foreignManager({ metadata }: LiveObject): string | undefined {
  return (metadata.managedFields ?? [])
    .filter(({ manager, subresource, fieldsV1 }) => manager !== MANAGER && !subresource && fieldsV1?.['f:spec'])
    .toSorted((a, b) => (a.time ?? '').localeCompare(b.time ?? ''))
    .at(-1)?.manager;
}

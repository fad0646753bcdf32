/** Finalizers on a store's own objects and on its namespace. */
import { type KubeClient, METADATA_LIST } from '../kube/client.ts';
import { CREDENTIALS_FIELD } from './credentials.ts';
import { STORE_ID_LABEL } from '../domain/labels.ts';
import type { KubeObject } from '../kube/objects.ts';

/** Kinds in the chart, and kinds created from them. */
const KINDS = [
  'api/v1/pods',
  'api/v1/services',
  'api/v1/configmaps',
  'api/v1/secrets',
  'api/v1/persistentvolumeclaims',
  'api/v1/resourcequotas',
  'api/v1/limitranges',
  'apis/apps/v1/deployments',
  'apis/apps/v1/statefulsets',
  'apis/batch/v1/jobs',
  'apis/batch/v1/cronjobs',
  'apis/networking.k8s.io/v1/ingresses',
  'apis/networking.k8s.io/v1/networkpolicies',
] as const;

/** Kubernetes' own finalizers clear by themselves; removing them would only hide the cause of the wait. */
export const isOfKubernetes = (finalizer: string): boolean =>
  finalizer.startsWith('kubernetes.io/') || finalizer.startsWith('batch.kubernetes.io/') || !finalizer.includes('/');

/**
 * Removes all others from the store's terminating objects and from its namespace. Returns the freed objects, such as
 * `pods/mariadb-0`.
 */
export async function removeFinalizers(
  client: KubeClient,
  { id, namespace }: { id: string; namespace: string },
  signal: AbortSignal,
): Promise<string[]> {
  const freed: string[] = [];
  for (const kind of KINDS) {
    const [resource = '', ...group] = kind.split('/').toReversed();
    const path = `/${group.toReversed().join('/')}/namespaces/${namespace}/${resource}`;
    const query = {
      labelSelector: `${STORE_ID_LABEL}=${id}`,
      ...(resource === 'secrets' ? { fieldSelector: CREDENTIALS_FIELD } : {}),
    };
    const { items } = await client.json<{ items: KubeObject[] | null }>(path, { query, accept: METADATA_LIST, signal });
    for (const { metadata } of items ?? []) {
      const finalizers = metadata.finalizers ?? [];
      const kept = finalizers.filter(isOfKubernetes);
      if (!metadata.deletionTimestamp || kept.length === finalizers.length) continue;
      const body = { metadata: { finalizers: kept } };
      await client.json(`${path}/${metadata.name}`, { method: 'PATCH', body, signal });
      freed.push(`${resource}/${metadata.name}`);
    }
  }
  if (await freeNamespace(client, { id, namespace }, signal)) freed.push(`namespaces/${namespace}`);
  return freed;
}

/** Finalizers on the namespace itself, such as a cluster manager's. */
async function freeNamespace(
  client: KubeClient,
  { id, namespace }: { id: string; namespace: string },
  signal: AbortSignal,
): Promise<boolean> {
  const path = `/api/v1/namespaces/${namespace}`;
  const { metadata } = await client.json<KubeObject>(path, { signal });
  const finalizers = metadata.finalizers ?? [];
  const kept = finalizers.filter(isOfKubernetes);
  const isOurs = metadata.labels?.[STORE_ID_LABEL] === id;
  if (!isOurs || !metadata.deletionTimestamp || kept.length === finalizers.length) return false;
  await client.json(path, { method: 'PATCH', body: { metadata: { finalizers: kept } }, signal });
  return true;
}

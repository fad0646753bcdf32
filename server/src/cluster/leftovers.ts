/** Cleans up after earlier revisions: helm leaks objects that only a failed revision created. */
import { deleteObject, type ManifestObject } from '../kube/applied-object.ts';
import { type KubeClient, METADATA_LIST } from '../kube/client.ts';
import { COMPONENT_LABEL, STORE_ID_LABEL } from '../domain/labels.ts';
import { isRevisionJob } from '../domain/own-objects.ts';
import type { KubeObject } from '../kube/objects.ts';

interface Where {
  namespace: string;
  signal: AbortSignal;
}

/**
 * Deletes the Jobs that earlier revisions created for this component, except the one of `keep`: two at once would
 * conflict. Throws ClusterError.
 */
export async function deleteRevisionJobs(
  client: KubeClient,
  { id, namespace, component, keep, signal }: Where & { id: string; component: string; keep: number | undefined },
): Promise<void> {
  const query = { labelSelector: `${STORE_ID_LABEL}=${id},${COMPONENT_LABEL}=${component}` };
  const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  const { items } = await client.json<{ items: KubeObject[] | null }>(path, { query, accept: METADATA_LIST, signal });
  for (const { metadata } of items ?? []) {
    const { name } = metadata;
    if (name === `${component}-${keep}` || !isRevisionJob({ name, component })) continue;
    await deleteObject(client, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name } }, { namespace, signal });
  }
}

/** Deletes the objects that are not in `current`; keeps volumes. Throws ClusterError. */
export async function deleteAllBut(
  client: KubeClient,
  { namespace, objects, current, signal }: Where & Record<'objects' | 'current', readonly ManifestObject[]>,
): Promise<void> {
  const keyOf = ({ kind, metadata }: ManifestObject): string => `${kind}/${metadata.name}`;
  const kept = new Set(current.map(keyOf));
  const left = new Map(objects.map((object) => [keyOf(object), object]));
  for (const [key, object] of left)
    if (!kept.has(key) && object.kind !== 'PersistentVolumeClaim')
      await deleteObject(client, object, { namespace, signal });
}

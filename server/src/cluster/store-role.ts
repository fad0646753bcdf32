/**
 * Grants the right to change a store, in its namespace only. Used if Shopyard's account lacks that right cluster-wide:
 * charts/platform gives it a ClusterRole that it may bind but not use elsewhere.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ManifestObject } from '../kube/applied-object.ts';
import { CREDENTIALS_SECRET } from './credentials.ts';
import { ClusterError, isKind, unless } from '../kube/errors.ts';
import { type KubeClient, METADATA, METADATA_LIST } from '../kube/client.ts';
import { STORE_ID_LABEL } from '../domain/labels.ts';
import type { KubeObject } from '../kube/objects.ts';

export interface StoreRole {
  /** Name of the ClusterRole. */
  clusterRole: string;
  /** The service account that Shopyard runs as. */
  account: { namespace: string; name: string };
}

export const ROLE_BINDINGS_PATH = '/apis/rbac.authorization.k8s.io/v1/rolebindings';
const BINDING = 'shopyard';
/** An API server picks up a binding within milliseconds; each replica does so independently. */
const EFFECTIVE_MS = 5000;
const LOOK_MS = 50;

type Target = Readonly<{ id: string; namespace: string }>;

/** Creates or corrects the binding in the store's namespace, and waits until it takes effect. */
export async function bindStoreRole(client: KubeClient, role: StoreRole, store: Target): Promise<void> {
  const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${store.namespace}/rolebindings`;
  const body = bindingOf(role, store);
  const created = await unless('conflict', client.json(path, { method: 'POST', body }));
  if (created === undefined) await client.json(`${path}/${BINDING}`, { method: 'PATCH', body });
  const until = Date.now() + EFFECTIVE_MS;
  while (!(await isEffective(client, store.namespace)) && Date.now() < until) await sleep(LOOK_MS);
}

/** Creates these stores' missing bindings. Throws ClusterError if the cluster is unreachable. */
export async function bindStoreRoles(client: KubeClient, role: StoreRole, stores: readonly Target[]): Promise<void> {
  const query = { labelSelector: STORE_ID_LABEL };
  const { items } = await client.json<{ items: KubeObject[] | null }>(ROLE_BINDINGS_PATH, {
    query,
    accept: METADATA_LIST,
  });
  const bound = new Set((items ?? []).map(({ metadata }) => metadata.namespace));
  for (const store of stores) {
    if (bound.has(store.namespace)) continue;
    try {
      await bindStoreRole(client, role, store);
    } catch (error) {
      // One store's trouble, such as a namespace that is going or no longer labelled ours, is reported with that store.
      const own = error instanceof ClusterError && !['unavailable', 'unauthorized'].includes(error.kind);
      if (!own) throw error;
    }
  }
}

/** The binding for the store's namespace. */
export function bindingOf(
  { clusterRole, account }: StoreRole,
  { id }: Pick<Target, 'id'>,
): ManifestObject & Record<string, unknown> {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: BINDING, labels: { [STORE_ID_LABEL]: id, 'app.kubernetes.io/managed-by': 'shopyard' } },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  };
}

/** The role's own right to read the store's credentials answers, and no other does. */
async function isEffective(client: KubeClient, namespace: string): Promise<boolean> {
  try {
    await client.json(`/api/v1/namespaces/${namespace}/secrets/${CREDENTIALS_SECRET}`, { accept: METADATA });
    return true;
  } catch (error) {
    if (isKind(error, 'forbidden')) return false;
    if (isKind(error, 'not-found')) return true;
    throw error;
  }
}

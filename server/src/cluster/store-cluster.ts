/** What the reconciler does at the cluster itself, each call idempotent and read from the API server, not from the watch. */
import { randomBytes, randomInt } from 'node:crypto';
import { ClusterError } from './cluster-error.ts';
import { type KubeClient, METADATA_LIST } from './kube-client.ts';
import { CREATED_BY_ANNOTATION, ENGINE_ANNOTATION, STORE_ID_LABEL, STORE_NAME_ANNOTATION } from './labels.ts';
import type { ObservedRelease } from './observed.ts';
import { projectRelease } from './project.ts';
import type { KubeObject } from './reflector.ts';

const CREDENTIALS_SECRET = 'store-credentials';

export interface StoreIdentity {
  id: string;
  name: string;
  namespace: string;
  engine: string;
  createdBy: string;
}

/** What a namespace of that name is to us. */
export type NamespaceState = 'absent' | 'ours' | 'terminating' | 'foreign';

export interface StoreCluster {
  namespaceState(store: StoreIdentity, signal: AbortSignal): Promise<NamespaceState>;
  /** Creates the namespace where it is missing. */
  ensureNamespace(store: StoreIdentity, signal: AbortSignal): Promise<NamespaceState>;
  /** Creates the credentials where they are missing; existing ones are never changed. */
  ensureCredentials(store: StoreIdentity, signal: AbortSignal): Promise<void>;
  /** The administrator's login from the store's Secret; undefined while there is none. */
  credentials(namespace: string): Promise<{ username: string; password: string } | undefined>;
  /** Starts its deletion; one that is gone is fine. */
  deleteNamespace(name: string, signal: AbortSignal): Promise<void>;
  /** The latest revision of the store's release. */
  release(store: StoreIdentity, signal: AbortSignal): Promise<ObservedRelease | undefined>;
}

export function createStoreCluster(client: KubeClient): StoreCluster {
  const readNamespace = (name: string, signal: AbortSignal): Promise<KubeObject | undefined> =>
    absentWhenMissing(client.json<KubeObject>(`/api/v1/namespaces/${name}`, { signal }));

  const cluster: StoreCluster = {
    async namespaceState({ id, namespace }, signal) {
      const found = await readNamespace(namespace, signal);
      if (!found) return 'absent';
      if (found.metadata.labels?.[STORE_ID_LABEL] !== id) return 'foreign';
      return found.metadata.deletionTimestamp ? 'terminating' : 'ours';
    },
    async ensureNamespace(store, signal) {
      const body = namespaceOf(store);
      const created = await existingIsFine(client.json('/api/v1/namespaces', { method: 'POST', body, signal }));
      return created ? 'ours' : cluster.namespaceState(store, signal);
    },
    async ensureCredentials(store, signal) {
      const path = `/api/v1/namespaces/${store.namespace}/secrets`;
      await existingIsFine(client.json(path, { method: 'POST', body: credentialsOf(store), signal }));
    },
    async credentials(namespace) {
      const path = `/api/v1/namespaces/${namespace}/secrets/${CREDENTIALS_SECRET}`;
      const secret = await absentWhenMissing(client.json<{ data?: Record<string, string> }>(path));
      const read = (key: string): string => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
      const [username, password] = [read('wordpress-username'), read('wordpress-password')];
      return username && password ? { username, password } : undefined;
    },
    async deleteNamespace(name, signal) {
      await absentWhenMissing(client.json(`/api/v1/namespaces/${name}`, { method: 'DELETE', signal }));
    },
    async release({ name, namespace }, signal) {
      const { items } = await client.json<{ items: KubeObject[] | null }>(`/api/v1/namespaces/${namespace}/secrets`, {
        query: { labelSelector: `owner=helm,name=${name}` },
        accept: METADATA_LIST,
        signal,
      });
      return (items ?? []).map(projectRelease).toSorted((a, b) => b.revision - a.revision)[0];
    },
  };
  return cluster;
}

async function absentWhenMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ClusterError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

/** True when it was created, false when it was there. */
async function existingIsFine(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof ClusterError && error.kind === 'conflict') return false;
    throw error;
  }
}

function namespaceOf({ id, name, namespace, engine, createdBy }: StoreIdentity): object {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: {
        [STORE_ID_LABEL]: id,
        'app.kubernetes.io/managed-by': 'shopyard',
        // Baseline, because WordPress opens port 80 without root by a sysctl; all else of the chart passes restricted.
        'pod-security.kubernetes.io/enforce': 'baseline',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
      annotations: { [STORE_NAME_ANNOTATION]: name, [ENGINE_ANNOTATION]: engine, [CREATED_BY_ANNOTATION]: createdBy },
    },
  };
}

/** Made once and kept in the cluster alone. Letters and digits: WordPress's login slashes other characters. */
function credentialsOf({ id, name }: StoreIdentity): object {
  const salts = ['auth', 'secure-auth', 'logged-in', 'nonce'].flatMap((kind) => [`${kind}-key`, `${kind}-salt`]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: CREDENTIALS_SECRET,
      labels: { [STORE_ID_LABEL]: id, 'app.kubernetes.io/managed-by': 'shopyard' },
    },
    stringData: {
      'mariadb-root-password': password(32),
      'mariadb-password': password(32),
      'wordpress-username': 'admin',
      'wordpress-password': password(24),
      'wordpress-email': `admin@${name}.invalid`,
      ...Object.fromEntries(salts.map((salt) => [salt, randomBytes(48).toString('base64url')])),
    },
  };
}

function password(length: number): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

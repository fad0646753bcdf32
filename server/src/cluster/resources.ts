/** What the reconciler does at the cluster itself, each call idempotent and read from the API server, not from the watch. */
import { isDeepStrictEqual } from 'node:util';
import { applyObject, type Difference, differenceOf, type ManifestObject } from '../kube/applied-object.ts';
import { ClusterError } from '../kube/errors.ts';
import { CREDENTIALS_SECRET, credentialsOf } from './credentials.ts';
import { deleteAllBut, deleteSetupJobs } from './leftovers.ts';
import { releaseFinalizers } from './finalizers.ts';
import { type KubeClient, METADATA_LIST } from '../kube/client.ts';
import { INSTALLATION_LABEL, STORE_ID_LABEL } from '../domain/labels.ts';
import type { ObservedRelease, ReleaseRecord } from '../domain/observation.ts';
import { projectRelease } from './project.ts';
import type { KubeObject } from '../kube/reflector.ts';
import { bindingOf, bindStoreRole, type StoreRole } from './store-role.ts';
import {
  annotationsOf,
  annotationsOfHeld,
  type FoundStore,
  type FoundStores,
  type Held,
  namespaceOf,
  type StoreIdentity,
  storesOf,
} from './namespace.ts';
import { growVolumes, readVolumes, type Volumes } from './volumes.ts';

/** What a namespace of that name is to us. */
export type NamespaceState = 'absent' | 'ours' | 'terminating' | 'foreign';

type StoredRecord = KubeObject & { data?: { release?: string } };

export interface StoreCluster {
  namespaceState(store: StoreIdentity, signal: AbortSignal): Promise<NamespaceState>;
  /**
   * Creates the namespace where it is missing, and has it say what the store should be. Shopyard's account is then
   * allowed to change what is in it.
   */
  ensureNamespace(store: StoreIdentity, signal: AbortSignal): Promise<NamespaceState>;
  /** The same for a namespace that exists; nothing is created. */
  annotateNamespace(store: StoreIdentity, signal: AbortSignal): Promise<void>;
  hasCredentials(namespace: string, signal: AbortSignal): Promise<boolean>;
  /** Creates the credentials where they are missing; existing ones are never changed. */
  ensureCredentials(store: StoreIdentity, signal: AbortSignal): Promise<void>;
  /** The administrator's login from the store's Secret; undefined while there is none. */
  credentials(namespace: string): Promise<{ username: string; password: string } | undefined>;
  /** Starts its deletion; one that is gone is fine. */
  deleteNamespace(name: string, signal: AbortSignal): Promise<void>;
  /** Deletes a pod, so that it is made anew without a back-off; one that is gone is fine. */
  deletePod(pod: { namespace: string; name: string }, signal: AbortSignal): Promise<void>;
  /** Names of volume claims that are on their way out, but held by a pod that still runs. */
  terminatingClaims(namespace: string, signal: AbortSignal): Promise<string[]>;
  /** The latest revision of the store's release. */
  release(store: StoreIdentity, signal: AbortSignal): Promise<ObservedRelease | undefined>;
  /** What helm keeps of the store's release, a record for each revision. */
  releaseRecords(store: StoreIdentity, signal: AbortSignal): Promise<ReleaseRecord[]>;
  /** What Shopyard itself makes in the store's namespace, beside its credentials. */
  ownObjects(store: StoreIdentity): ManifestObject[];
  /** How an object of the store differs from what it should be; undefined when it isn't there. Changes nothing. */
  differenceOf(
    store: { namespace: string },
    object: ManifestObject,
    signal: AbortSignal,
  ): Promise<Difference | undefined>;
  /** Creates the object or brings it to what it should be; true when something changed. */
  apply(store: { namespace: string }, object: ManifestObject, signal: AbortSignal): Promise<boolean>;
  /** What the store's volumes were made with: the chart's value `volumes`. */
  readVolumes(store: { namespace: string }, signal: AbortSignal): Promise<Volumes>;
  /** Enlarges the volumes that are smaller than the release wants; says what came of each. See volumes.ts. */
  growVolumes(store: { namespace: string }, signal: AbortSignal): Promise<string[]>;
  /** Deletes the store's setup Jobs, but not the one named `keep`. */
  deleteSetupJobs(store: StoreIdentity, keep: string | undefined, signal: AbortSignal): Promise<void>;
  /** Deletes those of `objects` that are not among `current`; volumes stay. */
  deleteAllBut(
    store: { namespace: string },
    objects: Record<'objects' | 'current', readonly ManifestObject[]>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Takes finalizers off the store's own objects; see finalizers.ts. */
  releaseFinalizers(store: StoreIdentity, signal: AbortSignal): Promise<string[]>;
  /** Every store of this installation that the cluster knows of. */
  listStores(): Promise<FoundStore[]>;
  /** The same, and the namespaces that only look like a store's. */
  findStores(): Promise<FoundStores>;
  /** The stores of other installations, and those of none that is known. */
  listOthers(): Promise<FoundStore[]>;
  /** Makes a namespace this installation's; its store is left as it is where `held` says so. */
  claim(namespace: string, held?: Held): Promise<void>;
}

/**
 * `installation`: the one that this server belongs to; a namespace of another one is foreign. `role`: what Shopyard binds
 * to itself in each store's namespace; absent where its account may change all stores.
 */
export function createStoreCluster(client: KubeClient, installation: string, role?: StoreRole): StoreCluster {
  const readNamespace = (name: string, signal: AbortSignal): Promise<KubeObject | undefined> =>
    absentWhenMissing(client.json<KubeObject>(`/api/v1/namespaces/${name}`, { signal }));
  const secretPath = (namespace: string): string => `/api/v1/namespaces/${namespace}/secrets/${CREDENTIALS_SECRET}`;

  /** Brings what a namespace of ours says up to date. */
  const annotate = async ({ metadata }: KubeObject, store: StoreIdentity, signal: AbortSignal): Promise<void> => {
    const annotations = annotationsOf(store);
    const isLabelled = metadata.labels?.[INSTALLATION_LABEL] === installation;
    if (isLabelled && isDeepStrictEqual({ ...metadata.annotations, ...annotations }, metadata.annotations)) return;
    const body = { metadata: { annotations, labels: { [INSTALLATION_LABEL]: installation } } };
    await client.json(`/api/v1/namespaces/${store.namespace}`, { method: 'PATCH', body, signal });
  };
  const find = async (labelSelector: string): Promise<FoundStores> => {
    const query = { labelSelector: `${STORE_ID_LABEL},${labelSelector}` };
    const { items } = await client.json<{ items: KubeObject[] | null }>('/api/v1/namespaces', { query });
    return storesOf(items ?? []);
  };
  const stateOf = (found: KubeObject | undefined, id: string): NamespaceState => {
    if (!found) return 'absent';
    const { labels = {}, deletionTimestamp } = found.metadata;
    // One from before namespaces said whose they are is known by the store's id alone.
    const owner = labels[INSTALLATION_LABEL] ?? installation;
    if (labels[STORE_ID_LABEL] !== id || owner !== installation) return 'foreign';
    return deletionTimestamp ? 'terminating' : 'ours';
  };

  const prepare = async (found: KubeObject, store: StoreIdentity, signal: AbortSignal): Promise<void> => {
    await annotate(found, store, signal);
    if (role) await bindStoreRole(client, role, store);
  };

  const cluster: StoreCluster = {
    async namespaceState({ id, namespace }, signal) {
      return stateOf(await readNamespace(namespace, signal), id);
    },

    async ensureNamespace(store, signal) {
      const body = namespaceOf(store, installation);
      if (await existingIsFine(client.json('/api/v1/namespaces', { method: 'POST', body, signal }))) {
        if (role) await bindStoreRole(client, role, store);
        return 'ours';
      }
      const found = await readNamespace(store.namespace, signal);
      const state = stateOf(found, store.id);
      if (state === 'ours' && found) await prepare(found, store, signal);
      return state;
    },

    async annotateNamespace(store, signal) {
      const found = await readNamespace(store.namespace, signal);
      if (found && stateOf(found, store.id) === 'ours') await prepare(found, store, signal);
    },

    async hasCredentials(namespace, signal) {
      const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
      return (await absentWhenMissing(client.json(secretPath(namespace), { accept, signal }))) !== undefined;
    },

    async ensureCredentials(store, signal) {
      const path = `/api/v1/namespaces/${store.namespace}/secrets`;
      await existingIsFine(client.json(path, { method: 'POST', body: credentialsOf(store), signal }));
    },

    async credentials(namespace) {
      const secret = await absentWhenMissing(client.json<{ data?: Record<string, string> }>(secretPath(namespace)));
      const read = (key: string): string => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
      const [username, password] = [read('wordpress-username'), read('wordpress-password')];
      return username && password ? { username, password } : undefined;
    },

    async deleteNamespace(name, signal) {
      await absentWhenMissing(client.json(`/api/v1/namespaces/${name}`, { method: 'DELETE', signal }));
    },

    async deletePod({ namespace, name }, signal) {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
      await absentWhenMissing(client.json(path, { method: 'DELETE', signal }));
    },

    async terminatingClaims(namespace, signal) {
      const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;
      const { items } = await client.json<{ items: KubeObject[] | null }>(path, { accept: METADATA_LIST, signal });
      return (items ?? []).filter(({ metadata }) => metadata.deletionTimestamp).map(({ metadata }) => metadata.name);
    },

    async release({ name, namespace }, signal) {
      const { items } = await client.json<{ items: KubeObject[] | null }>(
        `/api/v1/namespaces/${namespace}/configmaps`,
        {
          query: { labelSelector: `owner=helm,name=${name}` },
          accept: METADATA_LIST,
          signal,
        },
      );
      return (items ?? []).map(projectRelease).toSorted((a, b) => b.revision - a.revision)[0];
    },

    async releaseRecords({ name, namespace }, signal) {
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      const query = { labelSelector: `owner=helm,name=${name}` };
      const { items } = await client.json<{ items: StoredRecord[] | null }>(path, { query, signal });
      // Without the key there is nothing that helm could read.
      return (items ?? []).flatMap(({ metadata, data }) =>
        data?.release === undefined
          ? []
          : [
              {
                name: metadata.name,
                revision: Number(metadata.labels?.['version'] ?? 0),
                status: metadata.labels?.['status'] ?? '',
                data: data.release,
              },
            ],
      );
    },

    ownObjects: (store) => (role ? [bindingOf(role, store)] : []),
    differenceOf: ({ namespace }, object, signal) => differenceOf(client, object, { namespace, signal }),
    apply: ({ namespace }, object, signal) => applyObject(client, object, { namespace, signal }),

    readVolumes: ({ namespace }, signal) => readVolumes(client, { namespace, signal }),
    growVolumes: ({ namespace }, signal) => growVolumes(client, { namespace, signal }),
    deleteSetupJobs: ({ id, namespace }, keep, signal) => deleteSetupJobs(client, { id, namespace, keep, signal }),
    deleteAllBut: ({ namespace }, objects, signal) => deleteAllBut(client, { namespace, ...objects, signal }),

    releaseFinalizers: (store, signal) => releaseFinalizers(client, store, signal),

    listStores: async () => (await cluster.findStores()).stores,
    findStores: () => find(`${INSTALLATION_LABEL}=${installation}`),
    listOthers: async () => (await find(`${INSTALLATION_LABEL}!=${installation}`)).stores,

    async claim(namespace, held) {
      const labels = { [INSTALLATION_LABEL]: installation };
      const body = { metadata: { labels, ...(held ? { annotations: annotationsOfHeld(held) } : {}) } };
      await client.json(`/api/v1/namespaces/${namespace}`, { method: 'PATCH', body });
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

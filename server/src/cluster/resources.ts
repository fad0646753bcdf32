/** The reconciler's cluster operations. Each is idempotent and reads from the API server, not from the watch. */
import { type Engine, type Engines, requireEngine } from '@shopyard/engines';
import { isOwnClaim } from '../domain/own-objects.ts';
import { isDeepStrictEqual } from 'node:util';
import { applyObject, type Difference, differenceOf, type ManifestObject } from '../kube/applied-object.ts';
import { ClusterError } from '../kube/errors.ts';
import { CREDENTIALS_SECRET, credentialsOf } from './credentials.ts';
import { deleteAllBut, deleteRevisionJobs } from './leftovers.ts';
import { removeFinalizers } from './finalizers.ts';
import { type KubeClient, METADATA, METADATA_LIST } from '../kube/client.ts';
import { INSTALLATION_LABEL, STORE_ID_LABEL } from '../domain/labels.ts';
import type { ObservedRelease, ReleaseRecord } from '../domain/observation.ts';
import { projectRelease } from './project.ts';
import type { KubeObject } from '../kube/objects.ts';
import { bindingOf, bindStoreRole, type StoreRole } from './store-role.ts';
import {
  annotationsOf,
  annotationsOfHeld,
  type FoundStore,
  type FoundStores,
  type Held,
  namespaceOf,
  type StoreSpec,
  storesOf,
} from './namespace.ts';
import { growVolumes, readVolumes, type Volumes } from './volumes.ts';

/** How a namespace relates to this installation. */
/** `unlabelled`: ours, but somebody removed or changed the label with the store's id. */
export type NamespaceState = 'absent' | 'ours' | 'terminating' | 'unlabelled' | 'foreign';

type StoredRecord = KubeObject & { data?: { release?: string } };

/** Where a store is, and what it consists of. */
type Place = Pick<StoreSpec, 'namespace' | 'engine'>;

export interface StoreResources {
  namespaceState(store: StoreSpec, signal: AbortSignal): Promise<NamespaceState>;
  /**
   * Creates the namespace if it is missing and records the store's spec on it. Afterwards Shopyard's account may
   * change its contents.
   */
  ensureNamespace(store: StoreSpec, signal: AbortSignal): Promise<NamespaceState>;
  /** The same for an existing namespace; creates nothing. */
  annotateNamespace(store: StoreSpec, signal: AbortSignal): Promise<void>;
  hasCredentials(namespace: string, signal: AbortSignal): Promise<boolean>;
  /** Creates the credentials if they are missing; never changes existing ones. */
  ensureCredentials(store: StoreSpec, signal: AbortSignal): Promise<void>;
  /** The administrator's login from the store's Secret; `undefined` without a Secret. */
  credentials(store: Place): Promise<{ username: string; password: string } | undefined>;
  /** Starts its deletion; succeeds if it is already gone. */
  deleteNamespace(name: string, signal: AbortSignal): Promise<void>;
  /** Deletes a pod so that it is recreated without backoff; succeeds if it is already gone. */
  deletePod(pod: { namespace: string; name: string }, signal: AbortSignal): Promise<void>;
  /** Names of terminating volume claims that a running pod still uses. */
  terminatingClaims(store: Place, signal: AbortSignal): Promise<string[]>;
  /** The latest revision of the store's release. */
  release(store: StoreSpec, signal: AbortSignal): Promise<ObservedRelease | undefined>;
  /** Helm's records of the store's release, one per revision. */
  releaseRecords(store: StoreSpec, signal: AbortSignal): Promise<ReleaseRecord[]>;
  /** Objects that Shopyard itself creates in the store's namespace, besides the credentials. */
  ownObjects(store: StoreSpec): ManifestObject[];
  /** How an object differs from its manifest; `undefined` if it doesn't exist. Changes nothing. */
  differenceOf(
    store: { namespace: string },
    object: ManifestObject,
    signal: AbortSignal,
  ): Promise<Difference | undefined>;
  /** Creates the object or restores it from its manifest; true if something changed. */
  apply(store: { namespace: string }, object: ManifestObject, signal: AbortSignal): Promise<boolean>;
  /** The settings that the store's volumes were created with: the chart's value `volumes`. */
  readVolumes(store: Place, signal: AbortSignal): Promise<Volumes>;
  /** Expands volumes smaller than the release requests; reports each result. See volumes.ts. */
  growVolumes(store: Place, signal: AbortSignal): Promise<string[]>;
  /** Deletes the Jobs of the store's revisions except those of `keep`. */
  deleteRevisionJobs(store: StoreSpec, keep: number | undefined, signal: AbortSignal): Promise<void>;
  /** Deletes those of `objects` that are not in `current`; keeps volumes. */
  deleteAllBut(
    store: { namespace: string },
    objects: Record<'objects' | 'current', readonly ManifestObject[]>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Removes finalizers from the store's own objects; see finalizers.ts. */
  removeFinalizers(store: StoreSpec, signal: AbortSignal): Promise<string[]>;
  /** Lists this installation's stores in the cluster. */
  listStores(): Promise<FoundStore[]>;
  /** The same, and the namespaces that only look like a store's. */
  findStores(): Promise<FoundStores>;
  /** The stores of other installations and those without an owner. */
  listOthers(): Promise<FoundStore[]>;
  /** Claims a namespace for this installation; `held` leaves its store unchanged. */
  claim(namespace: string, held?: Held): Promise<void>;
}

export interface StoreResourcesOptions {
  client: KubeClient;
  engines: Engines;
  /** This server's own; namespaces of others are foreign. */
  installation: string;
  /** The role that Shopyard binds to itself in each store's namespace; absent if its account may change all stores. */
  role?: StoreRole | undefined;
}

export function createStoreResources({ client, engines, installation, role }: StoreResourcesOptions): StoreResources {
  const readNamespace = (name: string, signal: AbortSignal): Promise<KubeObject | undefined> =>
    absentWhenMissing(client.json<KubeObject>(`/api/v1/namespaces/${name}`, { signal }));
  const secretPath = (namespace: string): string => `/api/v1/namespaces/${namespace}/secrets/${CREDENTIALS_SECRET}`;

  /** Updates the metadata of a namespace of ours. */
  const annotate = async ({ metadata }: KubeObject, store: StoreSpec, signal: AbortSignal): Promise<void> => {
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
    // A namespace that predates the installation label is recognized by the store's id alone.
    const owner = labels[INSTALLATION_LABEL] ?? installation;
    // Only we set our installation's label: the namespace is ours, and somebody changed the other one.
    if (labels[STORE_ID_LABEL] !== id) return labels[INSTALLATION_LABEL] === installation ? 'unlabelled' : 'foreign';
    if (owner !== installation) return 'foreign';
    return deletionTimestamp ? 'terminating' : 'ours';
  };

  const placeOf = (store: Place, signal: AbortSignal): { engine: Engine; namespace: string; signal: AbortSignal } => ({
    engine: requireEngine(engines, store),
    namespace: store.namespace,
    signal,
  });
  const prepare = async (found: KubeObject, store: StoreSpec, signal: AbortSignal): Promise<void> => {
    await annotate(found, store, signal);
    if (role) await bindStoreRole(client, role, store);
  };

  const cluster: StoreResources = {
    async namespaceState({ id, namespace }, signal) {
      return stateOf(await readNamespace(namespace, signal), id);
    },

    async ensureNamespace(store, signal) {
      const body = namespaceOf(store, { installation, podSecurity: requireEngine(engines, store).podSecurity });
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
      return (await absentWhenMissing(client.json(secretPath(namespace), { accept: METADATA, signal }))) !== undefined;
    },

    async ensureCredentials(store, signal) {
      const path = `/api/v1/namespaces/${store.namespace}/secrets`;
      await existingIsFine(
        client.json(path, { method: 'POST', body: credentialsOf(store, requireEngine(engines, store)), signal }),
      );
    },

    async credentials({ namespace, engine }) {
      const { login } = requireEngine(engines, { engine });
      const secret = await absentWhenMissing(client.json<{ data?: Record<string, string> }>(secretPath(namespace)));
      const read = (key: string): string => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
      const [username, password] = [read(login.username), read(login.password)];
      return username && password ? { username, password } : undefined;
    },

    async deleteNamespace(name, signal) {
      await absentWhenMissing(client.json(`/api/v1/namespaces/${name}`, { method: 'DELETE', signal }));
    },

    async deletePod({ namespace, name }, signal) {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
      await absentWhenMissing(client.json(path, { method: 'DELETE', signal }));
    },

    async terminatingClaims(store, signal) {
      const { namespace } = store;
      const engine = requireEngine(engines, store);
      const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;
      const { items } = await client.json<{ items: KubeObject[] | null }>(path, { accept: METADATA_LIST, signal });
      const names = (items ?? [])
        .filter(({ metadata }) => metadata.deletionTimestamp)
        .map(({ metadata }) => metadata.name);
      return names.filter((name) => isOwnClaim(engine, name));
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
      // Without the key, helm has nothing to read.
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

    readVolumes: (store, signal) => readVolumes(client, placeOf(store, signal)),
    growVolumes: (store, signal) => growVolumes(client, placeOf(store, signal)),
    async deleteRevisionJobs({ id, namespace, engine }, keep, signal) {
      const once = requireEngine(engines, { engine }).components.filter(({ kind }) => kind === 'Job');
      for (const { name: component } of once)
        await deleteRevisionJobs(client, { id, namespace, component, keep, signal });
    },
    deleteAllBut: ({ namespace }, objects, signal) => deleteAllBut(client, { namespace, ...objects, signal }),

    removeFinalizers: (store, signal) => removeFinalizers(client, store, signal),

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

/** True if it was created, false if it existed. */
async function existingIsFine(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof ClusterError && error.kind === 'conflict') return false;
    throw error;
  }
}

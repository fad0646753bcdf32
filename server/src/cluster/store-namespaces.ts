/** The namespaces of stores: whose they are, creating and deleting them, and the store's spec on them. */
import { isDeepStrictEqual } from 'node:util';
import { type Engines, requireEngine } from '@shopyard/engines';
import { INSTALLATION_LABEL, STORE_ID_LABEL, WAITING_ANNOTATION } from '../domain/labels.ts';
import type { Held, StoreSpec } from '../domain/store.ts';
import type { KubeClient } from '../kube/client.ts';
import { unless } from '../kube/errors.ts';
import type { KubeObject } from '../kube/objects.ts';
import {
  annotationsOf,
  annotationsOfHeld,
  type FoundStore,
  type FoundStores,
  namespaceOf,
  storesOf,
} from './namespace.ts';
import { bindStoreRole, type StoreRole } from './store-role.ts';

/**
 * How a namespace relates to this installation. `unlabelled`: ours, but somebody removed or changed the label with the
 * store's id.
 */
export type NamespaceState = 'absent' | 'ours' | 'terminating' | 'unlabelled' | 'foreign';

export interface StoreNamespaces {
  namespaceState(store: StoreSpec, signal: AbortSignal): Promise<NamespaceState>;
  /**
   * Creates the namespace if it is missing and records the store's spec on it. Afterwards Shopyard's account may
   * change its contents.
   */
  ensureNamespace(store: StoreSpec, signal: AbortSignal): Promise<NamespaceState>;
  /** The same for an existing namespace; creates nothing. */
  annotateNamespace(store: StoreSpec, signal: AbortSignal): Promise<void>;
  /** Starts its deletion; succeeds if it is already gone. */
  deleteNamespace(name: string, signal: AbortSignal): Promise<void>;
  /** Lists this installation's stores in the cluster. */
  listStores(): Promise<FoundStore[]>;
  /** The same, and the namespaces that only look like a store's. */
  findStores(): Promise<FoundStores>;
  /** The stores of other installations and those without an owner. */
  listOthers(): Promise<FoundStore[]>;
  /** Claims a namespace for this installation; `held` leaves its store unchanged. */
  claim(namespace: string, held?: Held & Pick<StoreSpec, 'desired'>): Promise<void>;
}

interface StoreNamespacesOptions {
  client: KubeClient;
  engines: Engines;
  installation: string;
  role?: StoreRole | undefined;
}

export function createStoreNamespaces(options: StoreNamespacesOptions): StoreNamespaces {
  const { client, engines, installation, role } = options;
  const read = (name: string, signal: AbortSignal): Promise<KubeObject | undefined> =>
    unless('not-found', client.json<KubeObject>(pathOf(name), { signal }));

  /** Updates the metadata of a namespace of ours. */
  const annotate = async ({ metadata }: KubeObject, store: StoreSpec, signal: AbortSignal): Promise<void> => {
    const isOver = !store.waiting && metadata.annotations?.[WAITING_ANNOTATION] !== undefined;
    const annotations = { ...annotationsOf(store), ...(isOver ? { [WAITING_ANNOTATION]: null } : {}) };
    const isLabelled = metadata.labels?.[INSTALLATION_LABEL] === installation;
    if (isLabelled && isDeepStrictEqual({ ...metadata.annotations, ...annotations }, metadata.annotations)) return;
    const body = { metadata: { annotations, labels: { [INSTALLATION_LABEL]: installation } } };
    await client.json(pathOf(store.namespace), { method: 'PATCH', body, signal });
  };
  const prepare = async (found: KubeObject, store: StoreSpec, signal: AbortSignal): Promise<void> => {
    await annotate(found, store, signal);
    if (role) await bindStoreRole(client, role, store);
  };
  const find = async (labelSelector: string): Promise<FoundStores> => {
    const query = { labelSelector: `${STORE_ID_LABEL},${labelSelector}` };
    const { items } = await client.json<{ items: KubeObject[] | null }>(NAMESPACES, { query });
    return storesOf(items ?? []);
  };
  const findStores = (): Promise<FoundStores> => find(`${INSTALLATION_LABEL}=${installation}`);

  return {
    async namespaceState({ id, namespace }, signal) {
      return stateOf(await read(namespace, signal), { id, installation });
    },

    async ensureNamespace(store, signal) {
      const body = namespaceOf(store, { installation, podSecurity: requireEngine(engines, store).podSecurity });
      const created = await unless('conflict', client.json(NAMESPACES, { method: 'POST', body, signal }));
      if (created !== undefined) {
        if (role) await bindStoreRole(client, role, store);
        return 'ours';
      }
      const found = await read(store.namespace, signal);
      const state = stateOf(found, { id: store.id, installation });
      if (state === 'ours' && found) await prepare(found, store, signal);
      return state;
    },

    async annotateNamespace(store, signal) {
      const found = await read(store.namespace, signal);
      if (found && stateOf(found, { id: store.id, installation }) === 'ours') await prepare(found, store, signal);
    },

    async deleteNamespace(name, signal) {
      await unless('not-found', client.json(pathOf(name), { method: 'DELETE', signal }));
    },

    listStores: async () => (await findStores()).stores,
    findStores,
    listOthers: async () => (await find(`${INSTALLATION_LABEL}!=${installation}`)).stores,

    async claim(namespace, held) {
      const labels = { [INSTALLATION_LABEL]: installation };
      const body = { metadata: { labels, ...(held ? { annotations: annotationsOfHeld(held) } : {}) } };
      await client.json(pathOf(namespace), { method: 'PATCH', body });
    },
  };
}

const NAMESPACES = '/api/v1/namespaces';
const pathOf = (name: string): string => `${NAMESPACES}/${name}`;

function stateOf(
  found: KubeObject | undefined,
  { id, installation }: { id: string; installation: string },
): NamespaceState {
  if (!found) return 'absent';
  const { labels = {}, deletionTimestamp } = found.metadata;
  // A namespace that predates the installation label is recognized by the store's id alone.
  const owner = labels[INSTALLATION_LABEL] ?? installation;
  // Only we set our installation's label: the namespace is ours, and somebody changed the other one.
  if (labels[STORE_ID_LABEL] !== id) return labels[INSTALLATION_LABEL] === installation ? 'unlabelled' : 'foreign';
  if (owner !== installation) return 'foreign';
  return deletionTimestamp ? 'terminating' : 'ours';
}

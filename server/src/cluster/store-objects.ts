/** The objects in a store's namespace, besides its credentials and release records. */
import { type Engine, type Engines, requireEngine } from '@shopyard/engines';
import { isOwnClaim } from '../domain/own-objects.ts';
import { applyObject, type Difference, differenceOf, type ManifestObject } from '../kube/applied-object.ts';
import { type KubeClient, METADATA_LIST } from '../kube/client.ts';
import { unless } from '../kube/errors.ts';
import type { KubeObject } from '../kube/objects.ts';
import { removeFinalizers } from './finalizers.ts';
import { deleteAllBut, deleteRevisionJobs } from './leftovers.ts';
import { restartPods, type Rollout } from './restart-pods.ts';
import type { StoreSpec } from '../domain/store.ts';
import { type Switch, switchPods } from './switch-pods.ts';
import { bindingOf, type StoreRole } from './store-role.ts';
import { growVolumes, readVolumes, type Volumes } from './volumes.ts';

/** Where a store is, and what it consists of. */
type Place = Pick<StoreSpec, 'namespace' | 'engine'>;

export interface StoreObjects {
  /** Deletes a pod so that it is recreated without backoff; succeeds if it is already gone. */
  deletePod(pod: { namespace: string; name: string }, signal: AbortSignal): Promise<void>;
  /** Replaces the pods of a workload; true if this began it. See restart-pods.ts. */
  restartPods(rollout: Rollout, signal: AbortSignal): Promise<boolean>;
  /** Starts or ends the pods of a workload; true if this changed something. */
  switchPods(change: Switch, signal: AbortSignal): Promise<boolean>;
  /** Names of terminating volume claims that a running pod still uses. */
  terminatingClaims(store: Place, signal: AbortSignal): Promise<string[]>;
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
}

interface StoreObjectsOptions {
  client: KubeClient;
  engines: Engines;
  role?: StoreRole | undefined;
}

export function createStoreObjects({ client, engines, role }: StoreObjectsOptions): StoreObjects {
  const placeOf = (store: Place, signal: AbortSignal): { engine: Engine; namespace: string; signal: AbortSignal } => ({
    engine: requireEngine(engines, store),
    namespace: store.namespace,
    signal,
  });
  return {
    async deletePod({ namespace, name }, signal) {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
      await unless('not-found', client.json(path, { method: 'DELETE', signal }));
    },

    restartPods: (rollout, signal) => restartPods(client, rollout, signal),
    switchPods: (change, signal) => switchPods(client, change, signal),

    async terminatingClaims(store, signal) {
      const { engine, namespace } = placeOf(store, signal);
      const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;
      const { items } = await client.json<{ items: KubeObject[] | null }>(path, { accept: METADATA_LIST, signal });
      return (items ?? [])
        .filter(({ metadata }) => metadata.deletionTimestamp && isOwnClaim(engine, metadata.name))
        .map(({ metadata }) => metadata.name);
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
  };
}

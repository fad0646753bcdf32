/** Runs one list+watch per kind for all stores, and assembles each store's view from them. */
import type { Logger } from 'pino';
import { messageOf } from '../kit/error-message.ts';
import type { Engines } from '@shopyard/engines';
import type { Clock } from '../kit/clock.ts';
import type { KubeClient } from '../kube/client.ts';
import { createIndexedReflector, type IndexedReflector } from '../kube/indexed-reflector.ts';
import { CREDENTIALS_FIELD } from './credentials.ts';
import { STORE_ID_LABEL } from '../domain/labels.ts';
import type { PodLoad } from '../domain/capacity.ts';
import type { ObservedRelease, StoreObservation } from '../domain/observation.ts';
import { createPartsFilter } from '../domain/own-objects.ts';
import {
  projectClaim,
  projectDeployment,
  projectJob,
  projectNamespace,
  projectObject,
  projectPod,
  projectRelease,
  projectStatefulSet,
  projectWarning,
} from './project.ts';
import type { KubeObject } from '../kube/objects.ts';
import { ROLE_BINDINGS_PATH } from './store-role.ts';

interface ObjectKind {
  kind: string;
  path: string;
  query?: Record<string, string>;
}

const OBJECT_KINDS: readonly ObjectKind[] = [
  { kind: 'Service', path: '/api/v1/services' },
  // RBAC grants this one name; a list or watch without the field selector is refused.
  {
    kind: 'Secret',
    path: '/api/v1/secrets',
    query: { labelSelector: STORE_ID_LABEL, fieldSelector: CREDENTIALS_FIELD },
  },
  { kind: 'ConfigMap', path: '/api/v1/configmaps', query: { labelSelector: `${STORE_ID_LABEL},owner!=helm` } },
  { kind: 'ResourceQuota', path: '/api/v1/resourcequotas' },
  { kind: 'LimitRange', path: '/api/v1/limitranges' },
  { kind: 'NetworkPolicy', path: '/apis/networking.k8s.io/v1/networkpolicies' },
  { kind: 'Ingress', path: '/apis/networking.k8s.io/v1/ingresses' },
  { kind: 'CronJob', path: '/apis/batch/v1/cronjobs' },
];

export interface WatchHealth {
  synced: boolean;
  /** ISO 8601 time since which at least one watch is down. */
  staleSince: string | undefined;
}

export interface StoreWatch {
  view(store: { id: string; namespace: string; engine: string }): StoreObservation;
  /** What the pods of all stores request, those of other installations included. */
  loads(): PodLoad[];
  health(): WatchHealth;
  start(): void;
  close(): Promise<void>;
}

export interface StoreWatchOptions {
  /** `silenceMs`: see Reflector. */
  source: { client: KubeClient; clock: Clock; silenceMs: number | undefined };
  engines: Engines;
  /** Namespaces of other installations don't count as the store's. */
  installation: string;
  on: {
    /** A store's objects changed. */
    store: (id: string) => void;
    /** Something changed in a namespace that is linked to a store only by name. */
    namespace: (name: string) => void;
    health: () => void;
    error: (error: unknown) => void;
  };
  /** Whether Shopyard keeps a RoleBinding in each store's namespace. */
  roleBindings?: boolean;
}

export function logInterruption(log: Logger, error: unknown): void {
  log.warn({ reason: messageOf(error) }, 'a watch was interrupted');
}

export function createStoreWatch(options: StoreWatchOptions): StoreWatch {
  const { source, engines, installation, on } = options;
  const { client, clock, silenceMs } = source;
  const common = {
    client,
    onHealth: on.health,
    onError: on.error,
    clock,
    ...(silenceMs === undefined ? {} : { silenceMs }),
  };
  const owned = <Raw extends KubeObject, Item extends { storeId: string }>(
    path: string,
    project: (raw: Raw) => Item,
  ): IndexedReflector<Item> =>
    createIndexedReflector<Raw, Item>({
      ...common,
      path,
      project,
      query: { labelSelector: STORE_ID_LABEL },
      groupOf: (item) => item.storeId,
      onGroup: on.store,
    });

  const namespaces = owned('/api/v1/namespaces', projectNamespace);
  const pods = owned('/api/v1/pods', projectPod);
  const deployments = owned('/apis/apps/v1/deployments', projectDeployment);
  const statefulSets = owned('/apis/apps/v1/statefulsets', projectStatefulSet);
  const jobs = owned('/apis/batch/v1/jobs', projectJob);
  const claims = owned('/api/v1/persistentvolumeclaims', projectClaim);
  /** Metadata only: enough to detect missing or changed objects. */
  const kinds = options.roleBindings
    ? [...OBJECT_KINDS, { kind: 'RoleBinding', path: ROLE_BINDINGS_PATH }]
    : OBJECT_KINDS;
  const objects = kinds.map(({ path, kind, query = { labelSelector: STORE_ID_LABEL } }) =>
    createIndexedReflector({
      ...common,
      path,
      query,
      metadataOnly: true,
      project: projectObject(kind),
      groupOf: (item) => item.storeId,
      onGroup: on.store,
    }),
  );
  const releases = createIndexedReflector({
    ...common,
    path: '/api/v1/configmaps',
    query: { labelSelector: `owner=helm,${STORE_ID_LABEL}` },
    // Release records hold all values and manifests; their labels suffice.
    metadataOnly: true,
    project: projectRelease,
    groupOf: (release) => release.storeId,
    onGroup: on.store,
  });
  const warnings = createIndexedReflector({
    ...common,
    path: '/api/v1/events',
    query: { fieldSelector: 'type=Warning' },
    project: projectWarning,
    groupOf: (warning) => warning.namespace,
    onGroup: on.namespace,
  });
  const reflectors = [namespaces, pods, deployments, statefulSets, jobs, claims, ...objects, releases, warnings].map(
    (kind) => kind.reflector,
  );

  const filters = new Map([...engines].map(([id, engine]) => [id, createPartsFilter(engine)]));

  return {
    view: ({ id, namespace, engine }) => ({
      namespace: namespaces.of(id).find((found) => (found.installation ?? installation) === installation),
      release: latest(releases.of(id)),
      // Shows everything if the engine is unknown.
      ...(filters.get(engine) ?? ((parts) => parts))({
        pods: pods.of(id).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        workloads: [...deployments.of(id), ...statefulSets.of(id)],
        jobs: jobs.of(id),
        claims: claims.of(id),
      }),
      objects: objects.flatMap((kind) => kind.of(id)),
      warnings: warnings.of(namespace).toSorted((a, b) => (a.at > b.at ? -1 : 1)),
    }),
    loads: () => [...pods.reflector.values()].flatMap(({ load }) => load ?? []),
    health() {
      const stale = reflectors.flatMap((reflector) => reflector.staleSince ?? []);
      const since = stale.toSorted((a, b) => a.getTime() - b.getTime())[0];
      return { synced: reflectors.every((reflector) => reflector.synced) && !since, staleSince: since?.toISOString() };
    },
    start() {
      for (const reflector of reflectors) reflector.start();
    },
    async close() {
      await Promise.all(reflectors.map((reflector) => reflector.close()));
    },
  };
}

function latest(releases: readonly ObservedRelease[]): ObservedRelease | undefined {
  return releases.toSorted((a, b) => b.revision - a.revision)[0];
}

/** One list+watch per kind, however many stores there are, and a store's view out of all of them. */
import type { KubeClient } from './kube-client.ts';
import { createGrouped, type Grouped } from './grouped.ts';
import { STORE_ID_LABEL } from './labels.ts';
import type { ObservedRelease, StoreView } from './observed.ts';
import {
  projectClaim,
  projectDeployment,
  projectJob,
  projectNamespace,
  projectPod,
  projectRelease,
  projectStatefulSet,
  projectWarning,
} from './project.ts';
import type { KubeObject } from './reflector.ts';

export interface WatchHealth {
  synced: boolean;
  /** ISO 8601: since when at least one watch is down. */
  staleSince: string | undefined;
}

export interface StoreWatch {
  view(store: { id: string; namespace: string }): StoreView;
  health(): WatchHealth;
  start(): void;
  close(): Promise<void>;
}

export interface StoreWatchOptions {
  client: KubeClient;
  /** A store's objects changed. */
  onStore: (id: string) => void;
  /** Something happened in a namespace that only its name connects with a store. */
  onNamespace: (name: string) => void;
  onHealth: () => void;
  onError: (error: unknown) => void;
}

export function createStoreWatch({ client, onStore, onNamespace, onHealth, onError }: StoreWatchOptions): StoreWatch {
  const owned = <Raw extends KubeObject, Item extends { storeId: string }>(path: string, project: (raw: Raw) => Item): Grouped<Item> =>
    createGrouped<Raw, Item>({
      client, path, project, onHealth, onError,
      query: { labelSelector: STORE_ID_LABEL },
      groupOf: (item) => item.storeId,
      onGroup: onStore,
    }); // prettier-ignore

  const namespaces = owned('/api/v1/namespaces', projectNamespace);
  const pods = owned('/api/v1/pods', projectPod);
  const deployments = owned('/apis/apps/v1/deployments', projectDeployment);
  const statefulSets = owned('/apis/apps/v1/statefulsets', projectStatefulSet);
  const jobs = owned('/apis/batch/v1/jobs', projectJob);
  const claims = owned('/api/v1/persistentvolumeclaims', projectClaim);
  const releases = createGrouped({
    client,
    path: '/api/v1/secrets',
    query: { labelSelector: `owner=helm,${STORE_ID_LABEL}` },
    // Records of releases hold every value and manifest; their labels say all that is needed.
    metadataOnly: true,
    project: projectRelease,
    groupOf: (release) => release.storeId,
    onGroup: onStore,
    onHealth,
    onError,
  });
  const warnings = createGrouped({
    client,
    path: '/api/v1/events',
    query: { fieldSelector: 'type=Warning' },
    project: projectWarning,
    groupOf: (warning) => warning.namespace,
    onGroup: onNamespace,
    onHealth,
    onError,
  });
  const reflectors = [namespaces, pods, deployments, statefulSets, jobs, claims, releases, warnings].map(
    (kind) => kind.reflector,
  );

  return {
    view: ({ id, namespace }) => ({
      namespace: namespaces.of(id)[0],
      release: latest(releases.of(id)),
      pods: pods.of(id).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      workloads: [...deployments.of(id), ...statefulSets.of(id)],
      jobs: jobs.of(id),
      claims: claims.of(id),
      warnings: warnings.of(namespace).toSorted((a, b) => (a.at > b.at ? -1 : 1)),
    }),
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

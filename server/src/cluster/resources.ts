/** The reconciler's cluster operations. Each is idempotent and reads from the API server, not from the watch. */
import type { Engines } from '@shopyard/engines';
import type { KubeClient } from '../kube/client.ts';
import { createStoreCredentials, type StoreCredentials } from './credentials.ts';
import { createReleaseRecords, type ReleaseRecords } from './release-records.ts';
import { createStoreNamespaces, type StoreNamespaces } from './store-namespaces.ts';
import { createStoreObjects, type StoreObjects } from './store-objects.ts';
import type { StoreRole } from './store-role.ts';

export interface StoreResources extends StoreNamespaces, StoreCredentials, ReleaseRecords, StoreObjects {}

export interface StoreResourcesOptions {
  client: KubeClient;
  engines: Engines;
  /** This server's own; namespaces of others are foreign. */
  installation: string;
  /** The role that Shopyard binds to itself in each store's namespace; absent if its account may change all stores. */
  role?: StoreRole | undefined;
}

export function createStoreResources(options: StoreResourcesOptions): StoreResources {
  return {
    ...createStoreNamespaces(options),
    ...createStoreCredentials(options),
    ...createReleaseRecords(options),
    ...createStoreObjects(options),
  };
}

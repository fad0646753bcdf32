/** The contents of a new cluster: the system namespaces, one node, one default StorageClass. */
import { PROVISIONER } from './controllers/volumes.ts';
import { ApiError } from './apiserver/api-error.ts';
import type { IncomingObject, Plural } from './objects.ts';
import type { Registry } from './storage/registry.ts';

const CAPACITY = { cpu: '4096', memory: '16Ti', pods: '100000' };

const OBJECTS: readonly { plural: Plural; namespace?: string; object: IncomingObject }[] = [
  ...['default', 'kube-system', 'kube-public'].map((name) => ({
    plural: 'namespaces' as const,
    object: { metadata: { name } },
  })),
  {
    plural: 'nodes',
    object: {
      metadata: { name: 'embedded', labels: { 'kubernetes.io/hostname': 'embedded' } },
      status: {
        capacity: CAPACITY,
        allocatable: CAPACITY,
        conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'the embedded node is ready' }],
        nodeInfo: {
          kubeletVersion: 'v1.34.4+shopyard-embedded',
          osImage: 'Shopyard embedded cluster',
          architecture: 'amd64',
          operatingSystem: 'linux',
        },
      },
    },
  },
  {
    plural: 'storageclasses',
    object: {
      metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: PROVISIONER,
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
      // A volume is a folder: its size is not enforced.
      allowVolumeExpansion: true,
    },
  },
];

/** Creates whichever of these are missing. */
export function bootstrapCluster(registry: Registry): void {
  for (const { plural, namespace = '', object } of OBJECTS) {
    try {
      registry.create({ plural, namespace }, object);
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw error;
    }
  }
}

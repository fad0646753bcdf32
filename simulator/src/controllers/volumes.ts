/** Binds claims to volumes once a pod wants them, and keeps them while a pod uses them. */
import { parseQuantity } from '../apiserver/admission/quantity.ts';
import type { ObjectEvent, ResourceMap } from '../objects.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { Controller, ControllerContext } from './controller.ts';

type Claim = ResourceMap['persistentvolumeclaims'];

/** The provisioner of the built-in storage class. */
export const PROVISIONER = 'shopyard.dev/embedded';

const PROTECTION = 'kubernetes.io/pvc-protection';
const PROVISION_MS = 100;

export const claimController: Controller = {
  plural: 'persistentvolumeclaims',
  *keysFor(event: ObjectEvent) {
    if (event.plural !== 'pods') return;
    // The plural says which kind it is.
    for (const name of claimsOf(event.object as ResourceMap['pods']))
      yield `${event.object.metadata.namespace ?? ''}/${name}`;
  },
  reconcile({ namespace, name }, context) {
    const { registry, store } = context;
    const claim = store.get('persistentvolumeclaims', namespace, name);
    if (!claim) return;
    const users = podsUsing(store, namespace, name);
    if (claim.metadata.deletionTimestamp) {
      // An unscheduled pod doesn't hold the claim: the scheduler assigns no node while the claim is terminating.
      if (users.some((pod) => pod.spec?.nodeName) || !claim.metadata.finalizers?.includes(PROTECTION)) return;
      registry.patch({ plural: 'persistentvolumeclaims', namespace, name }, (draft) => {
        draft.metadata.finalizers = (draft.metadata.finalizers ?? []).filter((finalizer) => finalizer !== PROTECTION);
      });
      return;
    }
    if (claim.status?.phase === 'Bound') {
      enlarge(claim, context);
      return markLost(claim, context);
    }
    const storageClass = store.get('storageclasses', '', claim.spec?.storageClassName ?? '');
    if (!storageClass) return reportNoClass(claim, context);
    // Other provisioners don't run here, so they never respond.
    if (storageClass.provisioner !== PROVISIONER) return;
    const waits = storageClass.volumeBindingMode === 'WaitForFirstConsumer';
    if (!waits || users.some((pod) => pod.spec?.nodeName)) provision(claim, storageClass, context);
    else {
      const message = 'waiting for first consumer to be created before binding';
      context.events.record(claim, {
        type: 'Normal',
        reason: 'WaitForFirstConsumer',
        message,
        from: 'persistentvolume-controller',
      });
    }
  },
};

/** Deletes volumes with their claims (reclaim policy Delete). */
export const volumeController: Controller = {
  plural: 'persistentvolumes',
  *keysFor(event: ObjectEvent) {
    // The plural says which kind it is.
    if (event.plural === 'persistentvolumeclaims' && event.type === 'DELETED') yield volumeName(event.object as Claim);
  },
  reconcile({ name }, { registry, store }) {
    const volume = store.get('persistentvolumes', '', name);
    const { namespace = '', name: claim = '', uid } = volume?.spec?.claimRef ?? {};
    if (!volume || volume.spec?.persistentVolumeReclaimPolicy !== 'Delete') return;
    if (store.get('persistentvolumeclaims', namespace, claim)?.metadata.uid === uid) return;
    registry.delete({ plural: 'persistentvolumes', namespace: '', name });
  },
};

export function claimsOf(pod: ResourceMap['pods']): string[] {
  return (pod.spec?.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []);
}

function podsUsing(store: ObjectStore, namespace: string, claim: string): ResourceMap['pods'][] {
  return store
    .list('pods', namespace)
    .filter((pod) => !['Succeeded', 'Failed'].includes(pod.status?.phase ?? '') && claimsOf(pod).includes(claim));
}

const volumeName = (claim: Claim): string => `pvc-${claim.metadata.uid}`;

function provision(claim: Claim, storageClass: ResourceMap['storageclasses'], context: ControllerContext): void {
  const { registry, store, clock, events } = context;
  const { namespace = '', name, uid } = claim.metadata;
  const ref = { plural: 'persistentvolumeclaims', namespace, name } as const;
  clock.after(PROVISION_MS, () => {
    const current = store.get('persistentvolumeclaims', namespace, name);
    if (current?.metadata.uid !== uid || current.status?.phase === 'Bound') return;
    const capacity = { storage: claim.spec?.resources?.requests?.['storage'] ?? '1Gi' };
    const accessModes = claim.spec?.accessModes ?? ['ReadWriteOnce'];
    if (!store.get('persistentvolumes', '', volumeName(claim))) {
      registry.create(
        { plural: 'persistentvolumes', namespace: '' },
        {
          metadata: { name: volumeName(claim) },
          spec: {
            capacity,
            accessModes,
            claimRef: { kind: 'PersistentVolumeClaim', namespace, name, uid },
            persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
            storageClassName: storageClass.metadata.name,
            hostPath: { path: `/var/lib/shopyard/${volumeName(claim)}` },
          },
          status: { phase: 'Bound' },
        },
      );
    }
    registry.patch(ref, (draft) => {
      if (draft.spec) draft.spec.volumeName = volumeName(claim);
      draft.status = { phase: 'Bound', accessModes, capacity };
    });
    const message = `Successfully provisioned volume ${volumeName(claim)}`;
    events.record(claim, { type: 'Normal', reason: 'ProvisioningSucceeded', message, from: storageClass.provisioner });
  });
}

/** The API server accepts a larger size only if the class allows expansion. */
function enlarge(claim: Claim, { registry }: ControllerContext): void {
  const { namespace = '', name } = claim.metadata;
  const wanted = claim.spec?.resources?.requests?.['storage'];
  const volume = volumeName(claim);
  if (wanted === undefined || parseQuantity(wanted) <= parseQuantity(claim.status?.capacity?.['storage'])) return;
  if (claim.spec?.volumeName !== volume) return;
  const capacity = { storage: wanted };
  registry.patch({ plural: 'persistentvolumes', namespace: '', name: volume }, (draft) => {
    if (draft.spec) draft.spec.capacity = capacity;
  });
  registry.patch({ plural: 'persistentvolumeclaims', namespace, name }, (draft) => {
    draft.status = { ...draft.status, capacity };
  });
}

/** Marks a bound claim whose volume was deleted. */
function markLost(claim: Claim, { registry, store }: ControllerContext): void {
  const { namespace = '', name } = claim.metadata;
  if (store.get('persistentvolumes', '', claim.spec?.volumeName ?? '')) return;
  registry.patch({ plural: 'persistentvolumeclaims', namespace, name }, (draft) => {
    draft.status = { ...draft.status, phase: 'Lost' };
  });
}

function reportNoClass(claim: Claim, { events }: ControllerContext): void {
  const wanted = claim.spec?.storageClassName;
  const message = wanted
    ? `storageclass.storage.k8s.io "${wanted}" not found`
    : 'no persistent volumes available for this claim and no storage class is set';
  const reason = wanted ? 'ProvisioningFailed' : 'FailedBinding';
  events.record(claim, { type: wanted ? 'Warning' : 'Normal', reason, message, from: 'persistentvolume-controller' });
}

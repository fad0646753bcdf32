/** Removes objects whose owners are gone, and finishes foreground and orphaning deletions. */
import type { KubeObject, ObjectEvent, Plural } from '../objects.ts';
import { RESOURCE_TYPES, resourceTypeOfKind } from '../apiserver/resource-types.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { Controller, ControllerContext } from './controller.ts';

const OWNED = ['pods', 'replicasets', 'jobs', 'persistentvolumeclaims', 'endpointslices'] as const;
const OWNERS = ['deployments', 'replicasets', 'statefulsets', 'jobs', 'cronjobs', 'services'] as const;

/** One per kind that can own others: checks the dependents when an owner is deleted. */
export const garbageCollectors: readonly Controller[] = [...OWNERS.map(ownerCollector), ...OWNED.map(orphanCollector)];

/** Finishes a deletion that waits for its dependents (`foregroundDeletion`) or releases them (`orphan`). */
function ownerCollector(plural: (typeof OWNERS)[number]): Controller {
  const kind = RESOURCE_TYPES.find((type) => type.plural === plural)?.kind;
  return {
    plural,
    *keysFor(event: ObjectEvent) {
      if (event.type !== 'DELETED') return;
      const owner = event.object.metadata.ownerReferences?.find((reference) => reference.kind === kind);
      if (owner) yield `${event.object.metadata.namespace ?? ''}/${owner.name}`;
    },
    reconcile({ namespace, name }, { registry, store }) {
      const owner: KubeObject | undefined = store.get(plural, namespace, name);
      if (!owner?.metadata.deletionTimestamp) return;
      const finalizers = owner.metadata.finalizers ?? [];
      const dependents = dependentsOf(store, owner);
      const ref = { plural, namespace, name };
      const release = (finalizer: string): void => {
        registry.patch(ref, (draft) => {
          draft.metadata.finalizers = (draft.metadata.finalizers ?? []).filter((other) => other !== finalizer);
        });
      };
      if (finalizers.includes('foregroundDeletion')) {
        if (dependents.length === 0) release('foregroundDeletion');
        for (const { plural: dependentPlural, object } of dependents) {
          if (object.metadata.deletionTimestamp) continue;
          registry.delete(refTo(dependentPlural, object), { propagationPolicy: 'Foreground' });
        }
      } else if (finalizers.includes('orphan')) {
        for (const { plural: dependentPlural, object } of dependents) {
          registry.patch(refTo(dependentPlural, object), (draft) => {
            draft.metadata.ownerReferences = (draft.metadata.ownerReferences ?? []).filter(
              ({ uid }) => uid !== owner.metadata.uid,
            );
          });
        }
        release('orphan');
      }
    },
  };
}

/** Deletes a dependent once all its owners are gone. */
function orphanCollector(plural: (typeof OWNED)[number]): Controller {
  return {
    plural,
    *keysFor(event: ObjectEvent, store: ObjectStore) {
      if (event.type !== 'DELETED') return;
      const { namespace = '', uid } = event.object.metadata;
      for (const object of store.list(plural, namespace)) {
        if (object.metadata.ownerReferences?.some((owner) => owner.uid === uid))
          yield `${namespace}/${object.metadata.name}`;
      }
    },
    reconcile({ namespace, name }, { registry, store }: ControllerContext) {
      const object: KubeObject | undefined = store.get(plural, namespace, name);
      const owners = object?.metadata.ownerReferences ?? [];
      if (!object || owners.length === 0 || object.metadata.deletionTimestamp) return;
      const alive = owners.some((owner) => {
        const type = resourceTypeOfKind(owner.kind);
        return type && store.get(type.plural, type.namespaced ? namespace : '', owner.name)?.metadata.uid === owner.uid;
      });
      if (!alive) registry.delete({ plural, namespace, name }, { propagationPolicy: 'Background' });
    },
  };
}

function dependentsOf(store: ObjectStore, owner: KubeObject): { plural: Plural; object: KubeObject }[] {
  return OWNED.flatMap((plural) =>
    store
      .list(plural, owner.metadata.namespace ?? '')
      .filter((object) => object.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid))
      .map((object) => ({ plural, object })),
  );
}

function refTo(plural: Plural, object: KubeObject): { plural: Plural; namespace: string; name: string } {
  return { plural, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
}

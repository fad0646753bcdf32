/** Writes a namespace's usage to its ResourceQuotas. */
import { formatQuantity } from '../apiserver/admission/quantity.ts';
import { usedIn } from '../apiserver/admission/limits.ts';
import type { ObjectEvent } from '../objects.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { Controller } from './controller.ts';

export const quotaController: Controller = {
  plural: 'resourcequotas',
  *keysFor(event: ObjectEvent, store: ObjectStore) {
    if (!['pods', 'persistentvolumeclaims', 'services'].includes(event.plural)) return;
    const { namespace = '' } = event.object.metadata;
    for (const quota of store.list('resourcequotas', namespace)) yield `${namespace}/${quota.metadata.name}`;
  },
  reconcile({ namespace, name }, { registry, store }) {
    const used = usedIn(store, namespace);
    registry.patch({ plural: 'resourcequotas', namespace, name }, (draft) => {
      const hard = draft.spec?.hard ?? {};
      const counted = Object.keys(hard).map((resource) => [resource, formatQuantity(resource, used[resource] ?? 0)]);
      // Each entry is a quantity.
      draft.status = { hard, used: Object.fromEntries(counted) as Record<string, string> };
    });
  },
};

/** Terminates namespaces: empties them, reports what remains, and removes them once empty. */
import type { KubeObject, ObjectEvent } from '../objects.ts';
import { RESOURCE_TYPES } from '../apiserver/resource-types.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { Controller, ControllerContext } from './controller.ts';

/** Even an empty namespace takes a moment to terminate. */
const FINALIZE_MS = 400;

const NAMESPACED = RESOURCE_TYPES.filter((type) => type.namespaced).map((type) => type.plural);

export const namespaceController: Controller = {
  plural: 'namespaces',
  *keysFor(event: ObjectEvent) {
    if (event.type === 'DELETED' && event.object.metadata.namespace) yield event.object.metadata.namespace;
  },
  reconcile({ name }, context) {
    const { registry, store } = context;
    const namespace = store.get('namespaces', '', name);
    if (!namespace) return;
    if (!namespace.metadata.deletionTimestamp) return provideBasics(name, context);
    for (const object of contentOf(store, name)) {
      if (object.metadata.deletionTimestamp) continue;
      const { plural, name: objectName } = object;
      registry.delete(
        { plural, namespace: name, name: objectName },
        { gracePeriodSeconds: 1, propagationPolicy: 'Background' },
      );
    }
    const remaining = contentOf(store, name);
    if (remaining.length > 0 || (namespace.metadata.finalizers ?? []).length > 0) {
      reportRemaining(
        name,
        remaining.map(({ object }) => object),
        context,
      );
    } else {
      const { uid } = namespace.metadata;
      context.clock.after(FINALIZE_MS, () => {
        if (store.get('namespaces', '', name)?.metadata.uid === uid)
          store.remove({ plural: 'namespaces', namespace: '', name });
      });
    }
  },
};

interface Content {
  plural: (typeof NAMESPACED)[number];
  name: string;
  metadata: KubeObject['metadata'];
  object: KubeObject;
}

function contentOf(store: ObjectStore, namespace: string): Content[] {
  return NAMESPACED.flatMap((plural) =>
    store
      .list(plural, namespace)
      .map((object) => ({ plural, name: object.metadata.name, metadata: object.metadata, object })),
  );
}

/** The objects that the controller manager creates in every namespace. */
function provideBasics(namespace: string, { registry, store }: ControllerContext): void {
  if (!store.get('serviceaccounts', namespace, 'default')) {
    registry.create({ plural: 'serviceaccounts', namespace }, { metadata: { name: 'default' } });
  }
  if (!store.get('configmaps', namespace, 'kube-root-ca.crt')) {
    registry.create(
      { plural: 'configmaps', namespace },
      { metadata: { name: 'kube-root-ca.crt' }, data: { 'ca.crt': '' } },
    );
  }
}

function reportRemaining(name: string, remaining: readonly KubeObject[], { registry, clock }: ControllerContext): void {
  const kinds = tally(remaining.map((object) => `${object.kind.toLowerCase()}s. has`));
  const finalizers = tally(
    remaining.flatMap((object) => object.metadata.finalizers ?? []).map((finalizer) => `${finalizer} in`),
  );
  const condition = (type: string, status: string, text: [reason: string, message: string]): object => ({
    type,
    status,
    reason: text[0],
    message: text[1],
    lastTransitionTime: clock.timestamp(),
  });
  const content = kinds.map(([what, count]) => `${what} ${count} resource instances`).join(', ');
  const held = finalizers.map(([what, count]) => `${what} ${count} resource instances`).join(', ');
  const conditions = [
    content === ''
      ? condition('NamespaceContentRemaining', 'False', ['ContentRemoved', 'All content successfully removed'])
      : condition('NamespaceContentRemaining', 'True', [
          'SomeResourcesRemain',
          `Some resources are remaining: ${content}`,
        ]),
    held === ''
      ? condition('NamespaceFinalizersRemaining', 'False', [
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ])
      : condition('NamespaceFinalizersRemaining', 'True', [
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${held}`,
        ]),
  ];
  registry.patch({ plural: 'namespaces', namespace: '', name }, (draft) => {
    const before = JSON.stringify(draft.status?.conditions?.map(({ type, message }) => [type, message]));
    if (
      before ===
      // We wrote these conditions.
      JSON.stringify((conditions as { type: string; message: string }[]).map(({ type, message }) => [type, message]))
    )
      return;
    // The client's types want fields that Kubernetes leaves out.
    draft.status = { phase: 'Terminating', conditions: conditions as never };
  });
}

function tally(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts];
}

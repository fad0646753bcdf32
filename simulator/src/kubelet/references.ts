/** What a container needs from Secrets and ConfigMaps before it can be created. */
import type { Container } from 'kubernetes-types/core/v1.js';
import type { ObjectStore } from '../storage/object-store.ts';

/** The kubelet's words for the first reference that can't be resolved, or undefined. */
export function missingReference(store: ObjectStore, namespace: string, container: Container): string | undefined {
  for (const { valueFrom } of container.env ?? []) {
    const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
    const missing =
      (secretKeyRef && missingKey(store, { plural: 'secrets', namespace, ...secretKeyRef })) ??
      (configMapKeyRef && missingKey(store, { plural: 'configmaps', namespace, ...configMapKeyRef }));
    if (missing) return missing;
  }
  for (const { secretRef, configMapRef } of container.envFrom ?? []) {
    const missing =
      (secretRef && missingKey(store, { plural: 'secrets', namespace, ...secretRef })) ??
      (configMapRef && missingKey(store, { plural: 'configmaps', namespace, ...configMapRef }));
    if (missing) return missing;
  }
  return undefined;
}

interface Reference {
  plural: 'secrets' | 'configmaps';
  namespace: string;
  name?: string;
  key?: string;
  optional?: boolean;
}

function missingKey(
  store: ObjectStore,
  { plural, namespace, name = '', key, optional }: Reference,
): string | undefined {
  if (optional) return undefined;
  const kind = plural === 'secrets' ? 'secret' : 'configmap';
  const object = store.get(plural, namespace, name);
  if (!object) return `${kind} "${name}" not found`;
  if (key === undefined || (object.data && key in object.data)) return undefined;
  return `couldn't find key ${key} in ${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${namespace}/${name}`;
}

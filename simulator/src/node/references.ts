/** Resolves the Secrets and ConfigMaps that a container needs before it can be created. */
import type { Container } from 'kubernetes-types/core/v1.js';
import type { ResourceMap } from '../objects.ts';
import type { ObjectStore } from '../storage/object-store.ts';

/** The kubelet's message for the first unresolvable reference, or undefined. */
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

/** The kubelet's message for the first volume that can't be mounted, or undefined. */
export function missingVolume(store: ObjectStore, pod: ResourceMap['pods']): string | undefined {
  const { namespace = '' } = pod.metadata;
  for (const { name, configMap, secret } of pod.spec?.volumes ?? []) {
    const missing =
      (configMap && missingKey(store, { plural: 'configmaps', namespace, ...configMap })) ??
      (secret &&
        missingKey(store, {
          plural: 'secrets',
          namespace,
          name: secret.secretName ?? '',
          optional: secret.optional ?? false,
        }));
    if (missing) return `MountVolume.SetUp failed for volume "${name}" : ${missing}`;
  }
  return undefined;
}

/** Without image metadata, an image's default user is assumed to be root. */
export function rootRefused(pod: ResourceMap['pods'], container: Container): string | undefined {
  const { securityContext: own } = container;
  const { securityContext: shared } = pod.spec ?? {};
  const refused = own?.runAsNonRoot ?? shared?.runAsNonRoot;
  if (!refused || (own?.runAsUser ?? shared?.runAsUser) !== undefined) return undefined;
  const { name, namespace = '', uid } = pod.metadata;
  return `container has runAsNonRoot and image will run as root (pod: "${name}_${namespace}(${uid})", container: ${container.name})`;
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

/** A container's inputs: its environment, files and volume, resolved as the kubelet does. */
import { join } from 'node:path';
import type { Container } from 'kubernetes-types/core/v1.js';
import type { ResourceMap } from '../../objects.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import { expandReferences } from '../../node/expand.ts';

type Pod = ResourceMap['pods'];

export function environmentOf(store: ObjectStore, pod: Pod, { env = [] }: Container): Record<string, string> {
  const namespace = pod.metadata.namespace ?? '';
  // A value may refer to earlier variables.
  const variables = new Map<string, string>();
  for (const { name, value = '', valueFrom } of env) {
    const { secretKeyRef: secret, configMapKeyRef: map } = valueFrom ?? {};
    if (secret) {
      const { data } = store.get('secrets', namespace, secret.name ?? '') ?? {};
      variables.set(name, Buffer.from(data?.[secret.key] ?? '', 'base64').toString('utf8'));
    } else if (map) variables.set(name, store.get('configmaps', namespace, map.name ?? '')?.data?.[map.key] ?? '');
    else variables.set(name, expandReferences(value, variables));
  }
  return Object.fromEntries(variables);
}

/** The files of a config map mounted as `folder`, by name; empty if there is no such mount. */
export function mountedFolder(store: ObjectStore, pod: Pod, folder: string): Record<string, string> {
  const containers = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  const mount = containers
    .flatMap(({ volumeMounts = [] }) => volumeMounts)
    .find(({ mountPath }) => mountPath === folder);
  const volume = pod.spec?.volumes?.find(({ name }) => name === mount?.name);
  const map = store.get('configmaps', pod.metadata.namespace ?? '', volume?.configMap?.name ?? '');
  return map?.data ?? {};
}

/** Contents by file name of the config map entries that a container mounts individually, directly below `folder`. */
export function mountedFiles(
  store: ObjectStore,
  { pod, container }: { pod: Pod; container: Container },
  folder: string,
): Record<string, string> {
  const found = (container.volumeMounts ?? []).flatMap(({ name, mountPath, subPath }) => {
    const file = mountPath.startsWith(`${folder}/`) ? mountPath.slice(folder.length + 1) : '';
    const volume = pod.spec?.volumes?.find((volume) => volume.name === name);
    const map = store.get('configmaps', pod.metadata.namespace ?? '', volume?.configMap?.name ?? '');
    const text = map?.data?.[subPath ?? ''];
    return text === undefined || !/^[\w.-]+$/.test(file) ? [] : [[file, text]];
  });
  // Undefined ones were dropped above.
  return Object.fromEntries(found) as Record<string, string>;
}

/** The folder of the pod's first claim; undefined while it is unbound. */
export function volumeFolder(store: ObjectStore, pod: Pod, volumes: string): string | undefined {
  const claim = pod.spec?.volumes?.find(({ persistentVolumeClaim }) => persistentVolumeClaim)?.persistentVolumeClaim;
  const name = store.get('persistentvolumeclaims', pod.metadata.namespace ?? '', claim?.claimName ?? '')?.spec
    ?.volumeName;
  return name ? join(volumes, name) : undefined;
}

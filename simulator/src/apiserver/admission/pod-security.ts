/** Pod Security's `baseline`, limited to the rules that a chart is likely to violate. */
import { forbidden } from '../api-error.ts';
import type { ResourceMap } from '../../objects.ts';
import type { Admission } from '../../storage/registry.ts';

export const enforcePodSecurity: Admission = (object, previous, registry) => {
  if (object.kind !== 'Pod' || previous) return object;
  const space = registry.store.get('namespaces', '', object.metadata.namespace ?? '');
  const level = space?.metadata.labels?.['pod-security.kubernetes.io/enforce'];
  if (level !== 'baseline' && level !== 'restricted') return object;
  // The kind says what it is.
  const { containers = [] } = (object as ResourceMap['pods']).spec ?? {};
  const violations = containers.flatMap(({ name, securityContext, ports = [] }) => [
    ...(securityContext?.privileged
      ? [`privileged (container "${name}" must not set securityContext.privileged=true)`]
      : []),
    ...ports.flatMap(({ hostPort }) => (hostPort ? [`hostPort (container "${name}" uses hostPort ${hostPort})`] : [])),
  ]);
  if (violations.length === 0) return object;
  const text = `violates PodSecurity "${level}:latest": ${violations.join(', ')}`;
  throw forbidden({ group: '', plural: 'pods' }, object.metadata.name, text);
};

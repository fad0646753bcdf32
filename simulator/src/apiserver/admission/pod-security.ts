/** Pod Security's `baseline` and `restricted`, limited to the rules that a chart is likely to violate. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import { forbidden } from '../api-error.ts';
import type { ResourceMap } from '../../objects.ts';
import type { Admission } from '../../storage/registry.ts';

export const enforcePodSecurity: Admission = (object, previous, registry) => {
  if (object.kind !== 'Pod' || previous) return object;
  const space = registry.store.get('namespaces', '', object.metadata.namespace ?? '');
  const level = space?.metadata.labels?.['pod-security.kubernetes.io/enforce'];
  if (level !== 'baseline' && level !== 'restricted') return object;
  // The kind says what it is.
  const { spec } = object as ResourceMap['pods'];
  if (!spec) return object;
  const violations = [...baseline(spec), ...(level === 'restricted' ? restricted(spec) : [])];
  if (violations.length === 0) return object;
  const text = `violates PodSecurity "${level}:latest": ${violations.join(', ')}`;
  throw forbidden({ group: '', plural: 'pods' }, object.metadata.name, text);
};

const all = ({ initContainers = [], containers }: PodSpec): Container[] => [...initContainers, ...containers];

function baseline(spec: PodSpec): string[] {
  const containers = all(spec);
  const privileged = containers.filter(({ securityContext }) => securityContext?.privileged);
  return [
    ...containers.flatMap(({ name, ports = [] }) =>
      ports.flatMap(({ hostPort }) => (hostPort ? [`hostPort (container "${name}" uses hostPort ${hostPort})`] : [])),
    ),
    ...named(privileged, (who) => `privileged (${who} must not set securityContext.privileged=true)`),
  ];
}

function restricted(spec: PodSpec): string[] {
  const of = (breaks: (context: NonNullable<Container['securityContext']>) => boolean): Container[] =>
    all(spec).filter(({ securityContext = {} }) => breaks(securityContext));
  const { securityContext: pod = {} } = spec;
  const PROFILES = new Set(['RuntimeDefault', 'Localhost']);
  const profile = pod.seccompProfile?.type ?? '';
  return [
    ...named(
      of(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false),
      (who) => `allowPrivilegeEscalation != false (${who} must set securityContext.allowPrivilegeEscalation=false)`,
    ),
    ...named(
      of(({ capabilities }) => !capabilities?.drop?.includes('ALL')),
      (who) => `unrestricted capabilities (${who} must set securityContext.capabilities.drop=["ALL"])`,
    ),
    ...named(
      of(({ runAsNonRoot }) => !(runAsNonRoot ?? pod.runAsNonRoot)),
      (who) => `runAsNonRoot != true (pod or ${who} must set securityContext.runAsNonRoot=true)`,
    ),
    ...named(
      of(({ seccompProfile }) => !PROFILES.has(seccompProfile?.type ?? profile)),
      (who) =>
        `seccompProfile (pod or ${who} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
    ),
  ];
}

/** One sentence for all containers that break a rule; none if there are none. */
function named(containers: readonly Container[], say: (who: string) => string): string[] {
  const [first, ...more] = containers.map(({ name }) => `"${name}"`);
  if (first === undefined) return [];
  return [say(more.length > 0 ? `containers ${[first, ...more].join(', ')}` : `container ${first}`)];
}

/** A store's resources, as clients see them. */
import type { Container, Pod, StoreParts } from '@shopyard/contracts';
import type { ObservedContainer, ObservedPod, StoreObservation } from './observation.ts';

export function toParts(view: StoreObservation): StoreParts {
  return {
    pods: view.pods.map(toPod),
    workloads: [
      ...view.workloads.map(({ kind, name, component, ready }) => ({ kind, name, component, ready, failed: false })),
      ...view.jobs.map(({ name, component, state }) => ({
        kind: 'Job' as const,
        name,
        component,
        ready: state === 'complete',
        failed: state === 'failed',
      })),
    ].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    claims: view.claims.map(({ name, phase, capacity, terminating }) => ({
      name,
      phase,
      terminating,
      ...(capacity === undefined ? {} : { capacity }),
    })),
  };
}

function toPod(pod: ObservedPod): Pod {
  const troubled =
    pod.containers.find((container) => container.waiting) ??
    pod.containers.find((container) => !container.ready && container.terminated);
  const reason = pod.terminating
    ? 'Terminating'
    : (pod.unschedulable && 'Unschedulable') || troubled?.waiting?.reason || troubled?.terminated?.reason;
  return {
    name: pod.name,
    component: pod.component,
    phase: pod.phase,
    ready: pod.ready,
    restarts: pod.containers.reduce((sum, container) => sum + container.restarts, 0),
    createdAt: pod.createdAt,
    containers: pod.containers.map(toContainer),
    ...(reason && reason !== 'Completed' ? { reason } : {}),
  };
}

function toContainer({ name, init, ready, restarts, state, waiting, terminated }: ObservedContainer): Container {
  const reason = waiting?.reason ?? terminated?.reason;
  return {
    name,
    init,
    ready,
    restarts,
    state,
    ...(reason ? { reason } : {}),
    ...(terminated ? { exitCode: terminated.exitCode } : {}),
  };
}

/** A pod's status, computed from its containers. */
import type { PodCondition, PodStatus } from 'kubernetes-types/core/v1.js';
import type { ResourceMap } from '../objects.ts';
import { type ContainerRecord, statusOf } from './container-record.ts';

type Pod = ResourceMap['pods'];

/** Phase, conditions and container statuses; transition times are kept where nothing changed. */
export function podStatusOf(pod: Pod, records: readonly ContainerRecord[], now: string): PodStatus {
  const inits = records.filter((record) => record.init);
  const mains = records.filter((record) => !record.init);
  const initialized = inits.every((record) => record.state.terminated?.exitCode === 0);
  const phase = phaseOf(pod, mains, initialized);
  const ready = phase === 'Running' && mains.every((record) => record.ready);
  const unready = mains.filter((record) => !record.ready).map((record) => record.spec.name);
  const notReady: Partial<PodCondition> =
    phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
  const conditions = [
    condition('Initialized', initialized, initialized ? {} : { reason: 'ContainersNotInitialized' }),
    condition('Ready', ready, ready ? {} : notReady),
    condition('ContainersReady', ready, ready ? {} : notReady),
  ];
  const before = pod.status?.conditions ?? [];
  const scheduled = before.filter(({ type }) => type === 'PodScheduled');
  return {
    ...pod.status,
    phase,
    startTime: pod.status?.startTime ?? now,
    hostIP: '172.31.0.1',
    podIP: pod.status?.podIP ?? podAddress(pod.metadata.uid),
    conditions: [
      ...conditions.map((next) => {
        const same = before.find(
          ({ type, status, reason, message }) =>
            type === next.type && status === next.status && reason === next.reason && message === next.message,
        );
        return same ?? Object.assign(next, { lastTransitionTime: now });
      }),
      ...scheduled,
    ],
    containerStatuses: mains.map(statusOf),
    ...(inits.length > 0 ? { initContainerStatuses: inits.map(statusOf) } : {}),
  };
}

function phaseOf(pod: Pod, mains: readonly ContainerRecord[], initialized: boolean): string {
  if (!initialized) return 'Pending';
  const ended = mains.every((record) => record.state.terminated);
  const policy = pod.spec?.restartPolicy ?? 'Always';
  if (ended && policy !== 'Always') {
    const failed = mains.some((record) => record.state.terminated?.exitCode !== 0);
    if (!failed) return 'Succeeded';
    if (policy === 'Never') return 'Failed';
  }
  const started = mains.some(
    (record) => record.state.running ?? record.lastState.terminated ?? record.state.terminated,
  );
  return started ? 'Running' : 'Pending';
}

function condition(type: string, holds: boolean, why: Partial<PodCondition>): PodCondition {
  return { type, status: holds ? 'True' : 'False', ...why };
}

/** An address of 10.244.0.0/16 from the pod's uid. */
function podAddress(uid: string): string {
  const hex = uid.replaceAll('-', '');
  return `10.244.${Number.parseInt(hex.slice(0, 2), 16)}.${Number.parseInt(hex.slice(2, 4), 16) || 1}`;
}

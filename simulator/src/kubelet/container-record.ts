/** One container as its pod's status shows it. */
import type { Container, ContainerState, ContainerStatus } from 'kubernetes-types/core/v1.js';
import type { RunningContainer } from './runtime.ts';

export interface ContainerRecord {
  spec: Container;
  init: boolean;
  ready: boolean;
  restarts: number;
  state: ContainerState;
  lastState: ContainerState;
  running?: RunningContainer | undefined;
}

/** A record of a container, taking up what a status says of it. */
export function recordOf(spec: Container, init: boolean, status?: ContainerStatus): ContainerRecord {
  return {
    spec,
    init,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    state: status?.state ?? { waiting: { reason: 'PodInitializing' } },
    lastState: status?.lastState ?? {},
  };
}

export function statusOf(record: ContainerRecord): ContainerStatus {
  const { spec, state } = record;
  const image = spec.image ?? '';
  const finished = state.terminated?.exitCode === 0;
  return {
    name: spec.name,
    image,
    imageID: (state.running ?? state.terminated) ? `sha256:${spec.name}` : '',
    ready: record.init ? finished : record.ready,
    started: Boolean(state.running),
    restartCount: record.restarts,
    state,
    lastState: record.lastState,
  };
}

/** One container as shown in its pod's status. */
import type { Container, ContainerState, ContainerStatus } from 'kubernetes-types/core/v1.js';
import type { LogLine } from './log-book.ts';
import type { Exit, RunningContainer } from './runtime.ts';

export interface ContainerRecord {
  spec: Container;
  init: boolean;
  ready: boolean;
  /** It was ready once in this run, so its startup probe has passed. */
  started: boolean;
  restarts: number;
  state: ContainerState;
  lastState: ContainerState;
  running?: RunningContainer | undefined;
}

/** Creates a container's record, restored from its status. */
export function recordOf(spec: Container, init: boolean, status?: ContainerStatus): ContainerRecord {
  return {
    spec,
    init,
    ready: status?.ready ?? false,
    started: status?.started ?? false,
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
    started: state.running !== undefined && (record.started || !spec.startupProbe),
    restartCount: record.restarts,
    state,
    lastState: record.lastState,
  };
}

/** The status of a container whose program doesn't exist, with runc's message. */
export function markUnstartable(record: ContainerRecord, at: string): string {
  const runc = 'OCI runtime create failed: runc create failed: unable to start container process';
  const message = `failed to create containerd task: failed to create shim task: ${runc}: exec: "/no/such/program": stat /no/such/program: no such file or directory: unknown`;
  record.lastState = { terminated: { exitCode: 128, reason: 'StartError', message, startedAt: at, finishedAt: at } };
  record.state = { waiting: { reason: 'RunContainerError', message } };
  return message;
}

/** Bytes of a termination message that the kubelet keeps. */
const MESSAGE_BYTES = 4096;

/** A container's own message, or that which `terminationMessagePolicy: FallbackToLogsOnError` gives a failed one. */
export function terminationMessage(
  { spec }: ContainerRecord,
  { exitCode, message }: Exit,
  log: readonly LogLine[],
): string {
  if (message) return Buffer.from(message).subarray(0, MESSAGE_BYTES).toString();
  if (exitCode === 0 || spec.terminationMessagePolicy !== 'FallbackToLogsOnError') return '';
  return log
    .slice(-80)
    .map(({ text }) => `${text}\n`)
    .join('')
    .slice(-2048);
}

/** What runs a container. The simulated runtime plays one; another may start a real process. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Container } from 'kubernetes-types/core/v1.js';
import type { ResourceMap } from '../objects.ts';

export interface ContainerStart {
  pod: ResourceMap['pods'];
  container: Container;
  /** Restarts before this one. */
  attempt: number;
  /** Runs to an end: an init container, or any container of a Job's pod. */
  finite: boolean;
  /** It was ready before the cluster was restarted. */
  resumed: boolean;
  log: (line: string) => void;
}

/** How a container ended, as its status says it. */
export interface Exit {
  exitCode: number;
  reason: 'Completed' | 'Error' | 'OOMKilled';
}

export interface RunningContainer {
  /** Resolves when it has ended by itself or by `stop`. */
  readonly exited: Promise<Exit>;
  /** Calls back each time its readiness changes, first when its readiness probe has passed. */
  onReadiness(listener: (readiness: Readiness) => void): void;
  /** Asks it to end; `exited` follows within the grace period. */
  stop(graceMs: number): void;
  /** Absent when it is simulated; undefined while it has no process. */
  pid?: () => number | undefined;
  /** Answers a request to one of its ports; absent when it serves no HTTP. */
  http?: ((req: IncomingMessage, res: ServerResponse) => void) | undefined;
}

export interface Readiness {
  ready: boolean;
  /** Why a probe fails, as the kubelet's Unhealthy event words it. */
  message?: string;
  /** Which probe that is; `Readiness` unless it says otherwise. */
  probe?: 'Readiness' | 'Liveness' | 'Startup';
}

export interface ContainerRuntime {
  start(start: ContainerStart): RunningContainer;
}

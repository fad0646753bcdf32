/** The interface between the node and container runtimes, simulated or real. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Container } from 'kubernetes-types/core/v1.js';
import type { ResourceMap } from '../objects.ts';

export interface ContainerStart {
  pod: ResourceMap['pods'];
  container: Container;
  /** Restarts before this one. */
  attempt: number;
  /** Runs to completion: an init container, or any container of a Job's pod. */
  finite: boolean;
  /** It was ready before the cluster was restarted. */
  resumed: boolean;
  log: (line: string) => void;
}

/** How a container ended, as in its status. */
export interface Exit {
  exitCode: number;
  reason: 'Completed' | 'Error' | 'OOMKilled';
  /** What it wrote to its `terminationMessagePath`. */
  message?: string;
}

export interface RunningContainer {
  /** Resolves when it has ended, by itself or through `stop`. */
  readonly exited: Promise<Exit>;
  /** Calls back each time its readiness changes, first when its readiness probe has passed. */
  onReadiness(listener: (readiness: Readiness) => void): void;
  /** Asks it to end; `exited` follows within the grace period. */
  stop(graceMs: number): void;
  /** Absent if simulated; undefined while there is no process. */
  pid?: () => number | undefined;
  /** Handles a request to one of its ports; absent if it serves no HTTP. */
  http?: ((req: IncomingMessage, res: ServerResponse) => void) | undefined;
}

export interface Readiness {
  ready: boolean;
  /** Why a probe fails, worded like the kubelet's Unhealthy event. */
  message?: string;
  /** Which probe it is; defaults to `Readiness`. */
  probe?: 'Readiness' | 'Liveness' | 'Startup';
}

export interface ContainerRuntime {
  start(start: ContainerStart): RunningContainer;
  /**
   * Brings what the containers of an image need and this machine lacks; `undefined` if it lacks nothing. Meanwhile their pods wait
   * as for an image that is pulled. `say` gets the progress. Rejects with one sentence; it is called again after a while.
   */
  bring?(image: string, say: (progress: string) => void): Promise<unknown> | undefined;
}

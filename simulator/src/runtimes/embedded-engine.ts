/**
 * Describes a kind of application on this cluster: how its containers behave when simulated, and how they run for real.
 * It is the default export of a module whose address main.ts receives.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Container } from 'kubernetes-types/core/v1.js';
import type { ContainerRuntime } from '../node/runtime.ts';
import type { ObjectStore } from '../storage/object-store.ts';

/** How a simulated container starts. */
export interface Behaviour {
  /** Milliseconds until the readiness probe passes. */
  readyMs: number;
  /** Lines of its log until then. */
  lines: readonly string[];
  /** Handles requests, as the application of the release named `title`; absent if it serves no HTTP. */
  serve?: (title: string, req: IncomingMessage, res: ServerResponse) => void;
  /** How far one gets that is to fail or to stall on its way: its log until then, and what it says when it fails. */
  stuck?: (container: Container) => { lines: readonly string[]; why: readonly string[] };
  /** The termination message of one that runs to completion. */
  reports?: (container: Container) => string | undefined;
}

export interface EmbeddedEngine {
  /** By image; the first match counts. */
  simulated: readonly { image: RegExp; behaviour: Behaviour }[];
  /** Runs the containers of its images for real, and leaves all others to the runtime below. Absent if it can't. */
  createRuntime?: (options: object, host: RuntimeHost) => ContainerRuntime;
}

export interface RuntimeHost {
  objects: ObjectStore;
  below: ContainerRuntime;
}

/** An engine, and how to run it: simulated without options. */
export interface EngineSetting {
  engine: EmbeddedEngine;
  options?: object;
}

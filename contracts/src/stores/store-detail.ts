/** A store's resources, events, logs, release and mail. */
import { z } from 'zod';

export const containerSchema = z.object({
  name: z.string(),
  /** Init container: completes before the others start. */
  init: z.boolean(),
  ready: z.boolean(),
  restarts: z.int(),
  state: z.enum(['waiting', 'running', 'terminated']),
  /** Why the container waits, or how its last run ended, such as `ImagePullBackOff` or `OOMKilled`. */
  reason: z.string().optional(),
  /** Exit code of the last run. */
  exitCode: z.int().optional(),
});
export type Container = z.infer<typeof containerSchema>;

export const podSchema = z.object({
  name: z.string(),
  /** Name of one of the engine's components. */
  component: z.string(),
  phase: z.string(),
  ready: z.boolean(),
  restarts: z.int(),
  /** The container's or pod's own reason, such as `CrashLoopBackOff`. */
  reason: z.string().optional(),
  createdAt: z.string(),
  containers: z.array(containerSchema),
});
export type Pod = z.infer<typeof podSchema>;

/** A controller of pods. */
export const workloadSchema = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'Job']),
  name: z.string(),
  /** Same as the component of its pods. */
  component: z.string(),
  /** The latest spec is rolled out and ready; for a job, it is complete. */
  ready: z.boolean(),
  failed: z.boolean(),
});
export type Workload = z.infer<typeof workloadSchema>;

export const claimSchema = z.object({
  name: z.string(),
  /** `Bound`, `Pending` or `Lost`. */
  phase: z.string(),
  /** Kubernetes quantity, such as `5Gi`. */
  capacity: z.string().optional(),
  terminating: z.boolean(),
});
export type Claim = z.infer<typeof claimSchema>;

export interface StoreParts {
  pods: Pod[];
  workloads: Workload[];
  claims: Claim[];
}

/** A Kubernetes event about an object of the store. */
export const kubeEventSchema = z.object({
  at: z.string(),
  type: z.string(),
  reason: z.string(),
  /** Kind and name, such as `Pod/shop-5d…`. */
  object: z.string(),
  message: z.string(),
  count: z.int(),
});
export type KubeEvent = z.infer<typeof kubeEventSchema>;

const objectName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'send the name of an object');

export const logsInputSchema = z.object({
  id: z.string(),
  pod: objectName,
  container: objectName,
  /** Reads the log of the previous run. */
  previous: z.boolean().default(false),
  /** Number of past lines to start with. */
  tail: z.int().min(0).max(10_000).default(1000),
  /** Leaves out past lines from before this time. */
  since: z.iso.datetime().optional(),
});
export type LogsInput = z.infer<typeof logsInputSchema>;

export interface LogLine {
  /** ISO 8601, to the nanosecond. */
  at: string;
  text: string;
}

export type LogEvent =
  | { type: 'lines'; lines: LogLine[] }
  /** The connection was lost; lines after this time follow. */
  | { type: 'resumed'; since: string }
  /** The container has ended. */
  | { type: 'end' };

/** The installed release as YAML, with secrets redacted. */
export const releaseContentSchema = z.object({ values: z.string(), manifest: z.string() });
export type ReleaseContent = z.infer<typeof releaseContentSchema>;

/** A mail that an embedded store captured. */
export const mailSchema = z.object({
  at: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  /** HTML or plain text. Written by anybody who orders or comments: never trust it. */
  message: z.string(),
  /** The message is HTML; mail of older stores doesn't say. */
  html: z.boolean().optional(),
  /** `Name <address>` */
  from: z.string().optional(),
  /** Names of files. */
  attachments: z.array(z.string()).optional(),
});
export type Mail = z.infer<typeof mailSchema>;

/** What a store consists of at the cluster, and what is said of it there. */
import { z } from 'zod';

export const containerSchema = z.object({
  name: z.string(),
  /** Runs to its end before the others start. */
  init: z.boolean(),
  ready: z.boolean(),
  restarts: z.int(),
  state: z.enum(['waiting', 'running', 'terminated']),
  /** Why it waits, or how it or its last run ended: `ImagePullBackOff`, `OOMKilled`. */
  reason: z.string().optional(),
  /** Of its last run. */
  exitCode: z.int().optional(),
});
export type Container = z.infer<typeof containerSchema>;

export const podSchema = z.object({
  name: z.string(),
  /** `mariadb`, `wordpress`, `setup` or `cron`. */
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

/** What makes pods. */
export const workloadSchema = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'Job']),
  name: z.string(),
  /** Its pods carry the same. */
  component: z.string(),
  /** Its newest spec runs and is ready; of a job, that it is complete. */
  ready: z.boolean(),
  failed: z.boolean(),
});
export type Workload = z.infer<typeof workloadSchema>;

export const claimSchema = z.object({
  name: z.string(),
  /** `Bound`, `Pending` or `Lost`. */
  phase: z.string(),
  /** As Kubernetes writes it: `5Gi`. */
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
  /** `Pod/wordpress-5d…`. */
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
  /** The run before this one. */
  previous: z.boolean().default(false),
  /** Lines from before now. */
  tail: z.int().min(0).max(10_000).default(1000),
});
export type LogsInput = z.infer<typeof logsInputSchema>;

export interface LogLine {
  /** ISO 8601, to the nanosecond. */
  at: string;
  text: string;
}

export type LogEvent =
  | { type: 'lines'; lines: LogLine[] }
  /** The connection was lost; the lines after this time follow. */
  | { type: 'resumed'; since: string }
  /** The container has ended. */
  | { type: 'end' };

/** What helm installed, secrets taken out. Both are YAML. */
export const releaseContentSchema = z.object({ values: z.string(), manifest: z.string() });
export type ReleaseContent = z.infer<typeof releaseContentSchema>;

/** What an embedded store would have sent. */
export const mailSchema = z.object({
  at: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  /** HTML or plain text. */
  message: z.string(),
});
export type Mail = z.infer<typeof mailSchema>;

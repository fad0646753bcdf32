/** What is being done to a store, or waits to be, because somebody asked for it. */
import { z } from 'zod';
import { CONDITION_TYPES } from './attention.ts';
import { reasonSchema } from './store-reason.ts';

export const OPERATION_KINDS = ['change', 'rollback', 'suspend', 'resume'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/**
 * `Window`: it waits until the store may be changed. `Resume`: until the store, which is suspended, resumes. A suspension
 * stops the shop, then its database.
 */
export const OPERATION_STEPS = ['Window', 'Resume', ...CONDITION_TYPES, 'ShopStopped', 'DatabaseStopped'] as const;
export type OperationStep = (typeof OPERATION_STEPS)[number];

/** Of a store with a change that waits, and another operation that runs, the one that runs. Times are ISO 8601 in UTC. */
export const operationSchema = z.object({
  /** `op_…`. */
  id: z.string(),
  kind: z.enum(OPERATION_KINDS),
  /** What it waits for, or does now. */
  step: z.enum(OPERATION_STEPS),
  state: z.enum(['waiting', 'running']),
  /** When it began: to wait, or to run. */
  since: z.iso.datetime(),
  /** Of one that waits for its window: when that opens, and its time zone. */
  notBefore: z.iso.datetime().optional(),
  tz: z.string().optional(),
});
export type Operation = z.infer<typeof operationSchema>;

/** `now`: at once, outside the window too; that needs a `reason`. */
export const atOnceSchema = z.literal('now', 'send "now", or nothing');

/** Whether a call that asks for it at once says why. Reported at `reason`. */
export const saysWhy = ({ window, reason }: { window?: 'now' | undefined; reason?: string | undefined }): boolean =>
  window === undefined || reason !== undefined;
export const WHY_NOW = { path: ['reason'], error: 'say why it is applied outside its window' };

export const applyNowSchema = z.object({
  id: z.string(),
  /** Why it doesn't wait, for the history. */
  reason: reasonSchema,
});
export type ApplyNow = z.infer<typeof applyNowSchema>;

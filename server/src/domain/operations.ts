/**
 * What somebody asked for, from the call to its end. A change that waits for its window is no part of the spec: whatever
 * is repaired meanwhile has the values that are applied. One that runs is the spec, which the reconciler brings about;
 * here is only written how far it is (operation-progress.ts). Pure.
 */
import {
  chartPinSchema,
  type OperationKind,
  OPERATION_STEPS,
  type OperationStep,
  reasonSchema,
  storeValuesSchema,
} from '@shopyard/contracts';
import { z } from 'zod';

/** Format of the ids that the server generates. */
const OPERATION_ID = /^op_[0-9a-f]{16}$/;

/** Also read from a namespace, which anybody may have edited. Times are ISO 8601. */
const waitingChangeSchema = z.object({
  id: z.string().regex(OPERATION_ID),
  kind: z.enum(['change', 'rollback']),
  values: storeValuesSchema,
  /** If it becomes another one. */
  chart: chartPinSchema.optional(),
  /** The generation whose values a rollback takes. */
  rolledBackTo: z.int().min(1).optional(),
  actor: z.string().regex(/^[^\p{Cc}\u2028\u2029]{0,200}$/u),
  reason: reasonSchema.optional(),
  /** When it was accepted. */
  at: z.iso.datetime(),
  /** When its window opens, and that window's time zone; without them it waits until its store, which is suspended, resumes. */
  notBefore: z.iso.datetime().optional(),
  tz: z.string().max(64).optional(),
});
export type WaitingChange = Omit<z.infer<typeof waitingChangeSchema>, 'values'> & { values: Record<string, unknown> };

/** A change before it is accepted. */
export type NewChange = Pick<WaitingChange, 'kind' | 'values' | 'chart' | 'rolledBackTo' | 'notBefore' | 'tz'>;

export interface RunningOperation {
  id: string;
  kind: OperationKind;
  /** The spec that it brings about. */
  generation: number;
  step: OperationStep;
  actor: string;
  reason?: string;
  /** When it was accepted, and when it began to run. */
  at: string;
  startedAt: string;
}

/** How one that runs stands. */
export type OperationProgress =
  { state: 'running'; step: OperationStep } | { state: 'done' | 'failed'; step: OperationStep; error?: string };

/** `undefined` unless text is a change that waits. */
export function parseWaiting(text: string | undefined): WaitingChange | undefined {
  if (text === undefined) return undefined;
  try {
    return waitingChangeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether a change waits for nothing but the resume of its store. */
export function waitsForResume({ notBefore, tz }: Pick<WaitingChange, 'notBefore' | 'tz'>): boolean {
  return notBefore === undefined || tz === undefined;
}

/** Where an operation of this kind begins. */
export function firstStep(kind: OperationKind): OperationStep {
  if (kind === 'suspend') return 'ShopStopped';
  return kind === 'resume' ? 'DatabaseReady' : 'NamespaceReady';
}

export function isOperationStep(text: string): text is OperationStep {
  return OPERATION_STEPS.some((step) => step === text);
}

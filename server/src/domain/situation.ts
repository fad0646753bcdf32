/**
 * A store at one moment. A reconcile observes one situation; the assessment, the next action and the status are pure
 * functions of that same value, so they never contradict each other.
 */
import type { Condition, Reason } from '@shopyard/contracts';
import type { Engine } from '@shopyard/engines';
import type { StepBudgets } from './budgets.ts';
import type { Diagnosis } from './diagnose/diagnosis.ts';
import type { Drift } from './drift.ts';
import type { StoreObservation } from './observation.ts';
import type { Restart } from './restarts.ts';
import type { Problem, StoreRecord } from './store.ts';

export interface Situation {
  store: StoreRecord;
  engine: Engine;
  /** From the watches, read together with the store's record. */
  view: StoreObservation;
  /** Epoch milliseconds, like every time below. */
  now: number;
  budgets: StepBudgets;
  /** The error in the values for helm, with its field; `undefined` if they are valid. */
  invalidValues: string | undefined;
  /** Why the store's chart can't be applied. */
  chartTrouble: Pick<Problem, 'reason' | 'message'> | undefined;
  /** End of the backoff. */
  notBefore: number;
  /** The same for a repaired item: an object as `Kind/name`, or the store's URL (`ADDRESS`). */
  repairNotBefore: (what: string) => number;
  /** Next check of a shop that has worked; Infinity if none is due. */
  recheckAt: number;
}

/** How far the store is, and what keeps it from being further. */
export interface Readiness extends Situation {
  /** The last failure, if it belongs to this generation. */
  problem: Problem | undefined;
  isInstalled: boolean;
  /** Only its URL differs. */
  isMoving: boolean;
  isSetUp: boolean;
  isRunning: boolean;
  isVerified: boolean;
  /** Its spec wants no pods. */
  isSuspended: boolean;
  /** It was resumed, and its shop was not seen to work since. */
  isResuming: boolean;
  diagnosis: Diagnosis | undefined;
  /** Requested and not over yet. */
  openRestarts: Restart[];
}

export interface Assessment extends Readiness {
  conditions: Condition[];
  /** When the current step exceeds its budget. */
  deadline: number | undefined;
  /** It has. */
  overdue: { reason: Reason; message: string } | undefined;
  drift: Drift | undefined;
  /** Objects that changed and were not compared yet, as `Kind/name`. */
  suspects: string[];
}

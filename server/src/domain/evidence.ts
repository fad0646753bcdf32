/** Everything that a store's status is made from. */
import type { Engine } from '@shopyard/engines';
import type { StepBudgets } from './budgets.ts';
import type { Diagnosis } from './diagnose/diagnosis.ts';
import type { Drift } from './drift.ts';
import type { StoreObservation } from './observation.ts';
import type { StoreRecord } from './store.ts';

export interface Evidence {
  store: StoreRecord;
  engine: Engine;
  view: StoreObservation;
  diagnosis: Diagnosis | undefined;
  drift: Drift | undefined;
  budgets: StepBudgets;
  /** The reconciler is working on the store. */
  busy: boolean;
  /** ISO 8601. */
  now: string;
}

/** Plans of changes and of new stores. */
import type { StoreService } from '@shopyard/contracts/services';
import type { ReadCapacity } from '../app/platform/capacity.ts';
import { type ApplyOptions, createPlanCalls } from '../app/stores/plan/apply-plan.ts';
import { createRoomNotes } from '../app/stores/plan/room-notes.ts';
import { createStorePlans, type StorePlansOptions } from '../app/stores/plan/store-plans.ts';
import type { Foundation } from './foundation.ts';

export function servePlans(
  { cluster, data, process }: Foundation,
  {
    checks,
    calls,
    capacity,
  }: Pick<StorePlansOptions, 'checks'> & Pick<ApplyOptions, 'calls'> & { capacity: ReadCapacity },
): Pick<StoreService, 'plan' | 'applyPlan'> {
  const { now } = process.clock;
  const plans = createStorePlans({
    checks,
    judges: { cluster: cluster.resources, dryRuns: cluster.dryRuns, render: (inputs) => cluster.helm.render(inputs) },
    storage: data.storage,
    roomFor: createRoomNotes(capacity),
    now,
  });
  return { ...plans, ...createPlanCalls({ plans: data.storage.plans, calls, now }) };
}

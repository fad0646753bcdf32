/** Applies a plan as `update` or `create` would, once the plan says that the cluster takes it. */
import { DEFAULT_ENGINE, ShopyardError } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import type { KeptPlan, KeptPlans } from '../../../storage/storage.ts';

export interface ApplyOptions {
  plans: Pick<KeptPlans, 'find'>;
  calls: Pick<StoreService, 'create' | 'update'>;
  now: () => Date;
}

const GONE =
  'the plan is not there: it is older than ten minutes, or 200 later ones took its place. Nothing was applied: plan again';

export function createPlanCalls({ plans, calls, now }: ApplyOptions): Pick<StoreService, 'applyPlan'> {
  const requirePlan = async (id: string): Promise<KeptPlan> => {
    const plan = await plans.find(id, now());
    if (!plan) throw new ShopyardError('plan_expired', GONE);
    if (plan.refused !== undefined)
      throw new ShopyardError('validation_failed', `${plan.refused}. Nothing was applied: plan other values`);
    return plan;
  };
  return {
    async applyPlan({ planId, reason, confirm, window }, caller) {
      const { input, generation } = await requirePlan(planId);
      const { id, name = '', engine = DEFAULT_ENGINE, values, chart, ...profile } = input;
      if (id === undefined) return calls.create({ name, engine, values: values ?? {}, ...profile }, caller);
      return calls.update({ id, generation, values, chart, ...profile, reason, confirm, window }, caller);
    },
  };
}

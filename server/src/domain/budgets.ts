/** Time budget of each step. Exceeding one only marks the step as overdue; the wait goes on. */
import type { Condition, ConditionType, Reason } from '@shopyard/contracts';
import { type Budgets, type Engine, webOf } from '@shopyard/engines';
import type { Problem } from './store.ts';

/** Helm's own timeout bounds the earlier steps. */
export type StepBudgets = Budgets;

const STEPS: readonly { type: ConditionType; budget: keyof StepBudgets; what: string }[] = [
  { type: 'DatabaseReady', budget: 'database', what: 'The database is not ready' },
  { type: 'ApplicationReady', budget: 'application', what: '{application} is not set up and ready' },
  { type: 'StorefrontVerified', budget: 'storefront', what: "The shop can't take orders" },
];

/** The store's current step and its deadline, in epoch milliseconds. */
export function stepDeadline(
  conditions: readonly Condition[],
  budgets: StepBudgets,
): { step: (typeof STEPS)[number]; at: number } | undefined {
  // Of a suspended store, which waits for nothing.
  if (conditions.some(({ status }) => status === 'Unknown')) return undefined;
  const index = conditions.findIndex(({ status }) => status !== 'True');
  const step = STEPS.find(({ type }) => type === conditions[index]?.type);
  if (!step) return undefined;
  const since = conditions.slice(0, index + 1).map(({ lastTransitionTime }) => Date.parse(lastTransitionTime));
  return { step, at: Math.max(...since) + budgets[step.budget] * 1000 };
}

interface OverdueOptions {
  problem: Problem | undefined;
  engine: Engine;
  budgets: StepBudgets;
  /** Epoch milliseconds. */
  now: number;
}

export function overdueStep(
  conditions: readonly Condition[],
  { problem, engine, budgets, now }: OverdueOptions,
): { reason: Reason; message: string } | undefined {
  const deadline = stepDeadline(conditions, budgets);
  if (!deadline || now < deadline.at) return undefined;
  const { budget, what } = deadline.step;
  const known = problem ? ` ${problem.message}` : ' See its pods and their logs.';
  return {
    reason: 'StepOverdue',
    message: `${what.replace('{application}', webOf(engine).title)} after ${budgets[budget]} s, the budget of this step.${known} Shopyard keeps waiting.`,
  };
}

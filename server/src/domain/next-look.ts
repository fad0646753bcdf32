/** When a store changes by itself, without an event of the cluster. Pure. */
import { settledAt } from './drift.ts';
import type { Action } from './plan.ts';
import { recheckAt } from './recheck.ts';
import type { Assessment } from './situation.ts';
import type { StoreStatus } from './store.ts';

/** Epoch milliseconds in the future; `undefined` if only an event can change anything. */
export function nextLook(assessment: Assessment, action: Action, { attention }: StoreStatus): number | undefined {
  const { now } = assessment;
  const changesAt = attention.changesAt === undefined ? undefined : Date.parse(attention.changesAt);
  const later = [...looksFor(assessment, action), changesAt].filter((at) => at !== undefined && at > now);
  const next = Math.min(...later.map(Number));
  return Number.isFinite(next) ? next : undefined;
}

function looksFor(assessment: Assessment, action: Action): (number | undefined)[] {
  if (action.type === 'wait') return [action.until];
  if (action.type !== 'none') return [];
  // A customer may come any time, so the check's own time counts.
  const recheck = assessment.isSuspended ? undefined : recheckAt(assessment.store, Infinity);
  return [settledAt(assessment), assessment.deadline, recheck];
}

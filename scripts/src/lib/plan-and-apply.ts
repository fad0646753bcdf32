/** Plans a change, prints the plan, and applies it if that was asked for. */
import { refusedObjects, type StoreValues } from '@shopyard/contracts';
import { type Api, findStore, waitForStore } from '@shopyard/sdk';
import { type ChangeRequest, withSets } from './change-request.ts';
import { linesOfPlan } from './plan-text.ts';
import { printWaiting } from './print-waiting.ts';
import { print, UsageError } from './script.ts';

/** The exit code for a plan that the cluster refuses. */
const REFUSED = 2;

/** A name that no store has is planned as a new store. Resolves once an applied change is Ready. Throws UsageError. */
export async function planAndApply(api: Api, change: ChangeRequest): Promise<void> {
  const { stores } = api.trpc;
  const store = await findStore(api, change.name);
  const base = store && change.values === undefined ? await stores.values.query({ id: store.id }) : undefined;
  // JSON, as the server sent it.
  const values = withSets((base?.own ?? change.values ?? {}) as StoreValues, change.sets);
  const plan = await stores.plan.query(
    store ? { id: store.id, values, chart: change.chart, generation: base?.generation } : { name: change.name, values },
  );
  for (const line of linesOfPlan(plan, change)) print(line);
  if (refusedObjects(plan).length > 0) {
    process.exitCode = REFUSED;
    return;
  }
  if (!change.apply) return;
  const { reason, confirm, window } = change;
  const applied = await stores.applyPlan.mutate({ planId: plan.planId, reason, confirm, window });
  if (printWaiting(applied)) return;
  const { id, generation } = applied;
  const last = await waitForStore(api, id, (next) => {
    print(`${next.name}: ${next.phase}${next.message ? `: ${next.message}` : ''}`);
    return next.observedGeneration >= generation && (next.phase === 'Ready' || next.phase === 'Failed');
  });
  if (last?.phase !== 'Ready') throw new UsageError(last?.message ?? `${change.name} was deleted in the meantime`);
}

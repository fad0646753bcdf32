/** Separate from the schemas, as in needs-attention.ts. */
import type { PlannedObject, StorePlan } from './store-plan.ts';

/** The objects that the cluster refuses. */
export function refusedObjects({ objects }: Pick<StorePlan, 'objects'>): PlannedObject[] {
  return objects.filter(({ verdict }) => verdict === 'refused');
}

/** Which values to change so that the cluster no longer refuses a plan. Pure. */
import { type FieldIssue, issueAt, type PlannedObject, refusedObjects, type StorePlan } from '@shopyard/contracts';

type Plan = Pick<StorePlan, 'objects' | 'values'>;

/**
 * The reason of each refusal at the changed values that it is about; none where the reason is about none of them. An
 * object is refused for what changes, so other values than those of the plan are never named.
 */
export function refusedFields(plan: Plan): FieldIssue[] {
  return refusedObjects(plan).flatMap((object) => {
    const { why = '' } = object;
    return fieldsOf(object, plan.values).map(({ path }) => issueAt(['values', ...path], why));
  });
}

function fieldsOf(object: PlannedObject, values: Plan['values']): Plan['values'] {
  if (values.length < 2) return values;
  const scores = values.map(({ path }) => scoreOf(object, path));
  const best = Math.max(...scores);
  return best === 0 ? [] : values.filter((_value, at) => scores[at] === best);
}

/** How many keys of a path the reason names; a path of the object itself breaks a tie. */
function scoreOf({ name, why = '' }: PlannedObject, path: readonly string[]): number {
  const [first = ''] = path;
  if (first === 'size') return /quota|limit/.test(why) ? 1 : 0;
  const words = why.toLowerCase().match(/[a-z]+/g) ?? [];
  const isNamed = (key: string): boolean =>
    key.split('.').some((part) => words.some((word) => word.startsWith(part.toLowerCase())));
  return 2 * path.slice(1).filter(isNamed).length + (first === name ? 1 : 0);
}

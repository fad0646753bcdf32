/** A plan as lines for a terminal. Pure. */
import type { PlannedObject, StorePlan } from '@shopyard/contracts';

type Plan = Pick<StorePlan, 'impact' | 'values' | 'chart' | 'objects' | 'notes'>;

/** `diff`: with the difference of each object. */
export function linesOfPlan({ impact, values, chart, objects, notes }: Plan, { diff }: { diff: boolean }): string[] {
  const quiet = objects.filter(({ verdict, why }) => verdict === 'unchanged' && why === undefined);
  return [
    impact.words,
    ...notes,
    ...(chart ? [`  Chart: ${chart.before} → ${chart.after}`] : []),
    ...values.map(
      ({ path, label, before, after }) => `  ${label ?? path.join('.')}: ${shown(before)} → ${shown(after)}`,
    ),
    ...objects.filter((object) => !quiet.includes(object)).flatMap((object) => linesOf(object, diff)),
    ...(quiet.length > 0 ? [`  ${'unchanged'.padEnd(10)} ${quiet.length} objects`] : []),
  ];
}

function linesOf({ kind, name, verdict, why, diff }: PlannedObject, withDiff: boolean): string[] {
  const title = `  ${verdict.padEnd(10)} ${kind} ${name}${why === undefined ? '' : `: ${why}`}`;
  return withDiff && diff !== '' ? [title, ...diff.split('\n').map((line) => `    ${line}`)] : [title];
}

function shown(value: unknown): string {
  if (value === undefined) return 'not set';
  return typeof value === 'string' ? value || 'empty' : JSON.stringify(value);
}

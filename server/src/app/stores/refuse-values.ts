/** Refuses invalid values when a call requests them, field by field. */
import { type FieldIssue, ShopyardError, type Store, type StoreParts } from '@shopyard/contracts';
import { type Engines, requireEngine } from '@shopyard/engines';
import type { EngineCharts } from '../../chart/engine-charts.ts';
import type { Storage } from '../../storage/storage.ts';
import { checkVolumes } from './check-volumes.ts';
import { checkOwnValues } from './own-values.ts';

type Values = Record<string, unknown>;

export interface ValueChecks {
  storage: Pick<Storage, 'stores'>;
  engines: Engines;
  charts: EngineCharts;
  /** A store's resources, from the watch. */
  partsOf: (store: Store) => StoreParts;
}

/** Throws a ShopyardError that lists every issue. Without `store`, the values are for a new store. */
export async function refuseValues(
  checks: ValueChecks,
  { engine, values }: { engine: string; values: Values },
  store?: Store,
): Promise<void> {
  const known = checks.charts.get(engine);
  if (!known) {
    const message = `choose one of the engines: ${[...checks.charts.keys()].join(', ')}`;
    return refuse([{ field: 'engine', message }]);
  }
  const { checkValues, checkUpgrade } = known;
  refuse(checkOwnValues(checkValues, values));
  const record = store && (await checks.storage.stores.find(store.id));
  if (!record) return;
  const given = record.values;
  // Invalid values were never applied, so they say nothing about the store.
  const before = checkValues(given).length > 0 ? {} : given;
  refuse([
    ...checkVolumes(checks.partsOf(store).claims, {
      engine: requireEngine(checks.engines, store),
      before,
      after: values,
    }),
    ...(isSetUp(store) ? checkUpgrade(before, values) : []),
  ]);
}

function refuse(issues: FieldIssue[]): void {
  const [first] = issues;
  if (first) throw new ShopyardError('validation_failed', `${first.field}: ${first.message}`, issues);
}

/** Whether setup completed with the current values; values of an unfinished setup may still be reverted. */
function isSetUp({ generation, observedGeneration, conditions }: Store): boolean {
  const { status } = conditions.find(({ type }) => type === 'ApplicationReady') ?? {};
  return observedGeneration === generation && status === 'True';
}

/** Refuses invalid values when a call requests them, field by field. */
import { type FieldIssue, ShopyardError, type Store, type StoreParts } from '@shopyard/contracts';
import type { CheckUpgrade } from '../../chart/check-upgrade.ts';
import type { CheckValues } from '../../chart/check-values.ts';
import type { Database } from '../../storage/database.ts';
import { findStore } from '../../storage/store.repository.ts';
import { checkVolumes } from './check-volumes.ts';
import { checkOwnValues } from './own-values.ts';

type Values = Record<string, unknown>;

export interface ValueChecks {
  db: Database;
  checkValues: CheckValues;
  checkUpgrade: CheckUpgrade;
  /** A store's resources, from the watch. */
  partsOf: (store: Store) => StoreParts;
}

/** Throws a ShopyardError that lists every issue. Without `store`, the values are for a new store. */
export async function refuseValues(checks: ValueChecks, values: Values, store?: Store): Promise<void> {
  refuse(checkOwnValues(checks.checkValues, values));
  const row = store && (await findStore(checks.db, store.id));
  if (!row) return;
  const given = JSON.parse(row.store_values) as Values;
  // Invalid values were never applied, so they say nothing about the store.
  const before = checks.checkValues(given).length > 0 ? {} : given;
  refuse([
    ...checkVolumes(checks.partsOf(store).claims, before, values),
    ...(isSetUp(store) ? checks.checkUpgrade(before, values) : []),
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

/** Values that a store can't have, refused at the call by field. */
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
  /** What a store consists of, from the watch. */
  partsOf: (store: Store) => StoreParts;
}

/** Throws a ShopyardError with every issue. Without a store the values are those of a new one. */
export async function refuseValues(checks: ValueChecks, values: Values, store?: Store): Promise<void> {
  refuse(checkOwnValues(checks.checkValues, values));
  const row = store && (await findStore(checks.db, store.id));
  if (!row) return;
  const given = JSON.parse(row.store_values) as Values;
  // What is invalid was never applied, so it says nothing of the store.
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

/** With the values that it has: those of a setup that did not come to its end may be taken back. */
function isSetUp({ generation, observedGeneration, conditions }: Store): boolean {
  const { status } = conditions.find(({ type }) => type === 'WordPressReady') ?? {};
  return observedGeneration === generation && status === 'True';
}

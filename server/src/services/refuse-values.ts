/** Values that a store can't have, refused at the call by field. */
import { type FieldIssue, ShopyardError, type Store } from '@shopyard/contracts';
import type { CheckUpgrade } from '../store-chart/check-upgrade.ts';
import type { CheckValues } from '../store-chart/check-values.ts';
import type { Database } from '../store-state/database.ts';
import { findStore } from '../store-state/store.repository.ts';

type Values = Record<string, unknown>;

interface Checks {
  db: Database;
  checkValues: CheckValues;
  checkUpgrade: CheckUpgrade;
}

/** Throws a ShopyardError. Without a store the values are those of a new one. */
export async function refuseValues(
  { db, checkValues, checkUpgrade }: Checks,
  values: Values,
  store?: Store,
): Promise<void> {
  refuse(checkValues(values));
  const row = store && isSetUp(store) ? await findStore(db, store.id) : undefined;
  if (row) refuse(checkUpgrade(JSON.parse(row.store_values) as Values, values));
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

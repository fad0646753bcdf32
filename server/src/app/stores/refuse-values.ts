/** Refuses invalid values when a call requests them: every issue at once, field by field. */
import {
  type ErrorCode,
  type FieldIssue,
  issueAt,
  ShopyardError,
  type Store,
  type StoreParts,
} from '@shopyard/contracts';
import { type Engines, requireEngine } from '@shopyard/engines';
import type { EngineChart, EngineCharts } from '../../chart/engine-charts.ts';
import { isMap } from '../../chart/platform-values.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Addressee } from '../../store-access/store-url.ts';
import { type AddressChecks, checkAddress } from './check-address.ts';
import { checkVolumes } from './check-volumes.ts';
import { checkOwnValues } from './own-values.ts';
import { findNewest } from './revisions/find-revision.ts';

type Values = Record<string, unknown>;

export interface ValueChecks extends AddressChecks {
  storage: Pick<Storage, 'stores' | 'revisions'>;
  engines: Engines;
  charts: EngineCharts;
  /** A store's resources, from the watch. */
  partsOf: (store: Store) => StoreParts;
}

/** Throws a ShopyardError that lists every issue; `downgrade_refused` if there is nothing else. Without `store`, the values are for a new store. */
export async function refuseValues(checks: ValueChecks, wanted: Addressee, store?: Store): Promise<void> {
  const { engine, values } = wanted;
  const known = checks.charts.get(engine);
  if (!known) {
    const message = `choose one of the engines: ${[...checks.charts.keys()].join(', ')}`;
    return refuse([issueAt(['engine'], message)]);
  }
  const wrong = checkOwnValues(known.checkValues, values);
  // The other checks expect values that fit the schema.
  const sound = wrong.reduce((rest, { path }) => withoutPath(rest, path.slice(1)), values);
  const { issues, downgrades } = store
    ? await checkChange(checks, { chart: known, values: sound }, store)
    : { issues: [], downgrades: [] };
  const more = [...issues, ...checkAddress(checks, { ...wanted, values: sound })];
  const others = more.filter((issue) => !wrong.some(({ path }) => overlap(path, issue.path)));
  if (wrong.length + others.length > 0) refuse([...wrong, ...others, ...downgrades]);
  refuse(downgrades, 'downgrade_refused');
}

/** Throws a ShopyardError unless there are no issues. */
export function refuse(issues: FieldIssue[], code: ErrorCode = 'validation_failed'): void {
  const [first] = issues;
  if (first) throw new ShopyardError(code, `${first.field}: ${first.message}`, issues);
}

/** What an existing store can't become. */
async function checkChange(
  { storage, engines, partsOf }: ValueChecks,
  { chart: { checkValues, checkUpgrade }, values }: { chart: EngineChart; values: Values },
  store: Store,
): Promise<{ issues: FieldIssue[]; downgrades: FieldIssue[] }> {
  const record = await storage.stores.find(store.id);
  if (!record) return { issues: [], downgrades: [] };
  // Invalid values were never applied, so they say nothing about the store.
  const before = checkValues(record.values).length > 0 ? {} : record.values;
  const reached = isSetUp(store) ? before : await lastWorking(storage.revisions, store);
  return {
    issues: checkVolumes(partsOf(store).claims, { engine: requireEngine(engines, store), before, after: values }),
    downgrades: reached ? checkUpgrade(reached, values, record.versions) : [],
  };
}

/** Whatever a store is now, its database is at least as new as that of the last revision that worked. */
async function lastWorking(revisions: Storage['revisions'], { id }: Store): Promise<Values | undefined> {
  return (await findNewest(revisions, id, ({ verifiedAt }) => verifiedAt !== undefined))?.values;
}

function withoutPath(values: Values, [key, ...rest]: readonly string[]): Values {
  if (key === undefined) return {};
  const child = values[key];
  if (rest.length > 0 && isMap(child)) return { ...values, [key]: withoutPath(child, rest) };
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));
}

/** Whether one path is the other, or leads to it. */
function overlap(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((key, index) => key === other[index]);
}

/** Whether setup completed with the current values; values of an unfinished setup may still be reverted. */
function isSetUp({ generation, observedGeneration, conditions, suspended, readyAt }: Store): boolean {
  const { status } = conditions.find(({ type }) => type === 'ApplicationReady') ?? {};
  return observedGeneration === generation && (suspended ? readyAt !== undefined : status === 'True');
}

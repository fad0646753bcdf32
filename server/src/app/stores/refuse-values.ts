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
import { checkUpgrade } from '../../chart/check-upgrade.ts';
import { isMap } from '../../chart/platform-values.ts';
import { pinOf } from '../../domain/revision.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Addressee } from '../../store-access/store-url.ts';
import { type AddressChecks, checkAddress } from './check-address.ts';
import { checkVolumes } from './check-volumes.ts';
import { checkOwnValues } from './own-values.ts';
import { checkRules } from './rules.ts';
import { findNewest } from './revisions/find-revision.ts';

type Values = Record<string, unknown>;

export interface ValueChecks extends AddressChecks {
  storage: Pick<Storage, 'stores' | 'revisions'>;
  engines: Engines;
  charts: EngineCharts;
  /** Why there can be no new store of an engine that there is, and what helps. */
  whyUnavailable: (engine: string) => string | undefined;
  /** A store's resources, from the watch. */
  partsOf: (store: Pick<Store, 'id' | 'namespace' | 'engine'>) => StoreParts;
}

/** `chart`: the present one if absent. */
type Wanted = Addressee & { chart?: EngineChart | undefined };

/** Throws a ShopyardError that lists every issue; `downgrade_refused` if there is nothing else. Without `store`, the values are for a new store. */
export async function refuseValues(checks: ValueChecks, wanted: Wanted, store?: Store): Promise<void> {
  const { engine, values } = wanted;
  const known = wanted.chart ?? checks.charts.get(engine);
  if (!known) {
    const message = `choose one of the engines: ${[...checks.charts.keys()].join(', ')}`;
    return refuse([issueAt(['engine'], message)]);
  }
  const why = store ? undefined : checks.whyUnavailable(engine);
  if (why !== undefined) return refuse([issueAt(['engine'], why)]);
  const wrong = checkOwnValues(known.checkValues, values);
  // The other checks expect values that fit the schema.
  const sound = wrong.reduce((rest, { path }) => withoutPath(rest, path.slice(1)), values);
  const { issues, downgrades } = store
    ? await checkChange(checks, { chart: known, values: sound }, store)
    : { issues: checkRules(known.platform.rules, { before: {}, asked: sound }), downgrades: [] };
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
  checks: ValueChecks,
  { chart, values }: { chart: EngineChart; values: Values },
  store: Store,
): Promise<{ issues: FieldIssue[]; downgrades: FieldIssue[] }> {
  const { storage, engines, charts, partsOf } = checks;
  const record = await storage.stores.find(store.id);
  if (!record) return { issues: [], downgrades: [] };
  const engine = requireEngine(engines, store);
  const present = charts.of(record) ?? chart;
  // Invalid values were never applied, so they say nothing about the store.
  const own = present.checkValues(record.values).length > 0 ? {} : record.values;
  const before = isSetUp(store) ? present.toEffective(own) : await lastWorking(checks, record);
  const change = before && { before, after: chart.toEffective(values), reported: record.versions ?? {} };
  return {
    issues: [
      ...checkRules(chart.platform.rules, { before: record.values, asked: values }),
      ...checkVolumes(partsOf(store).claims, { engine, before: own, after: values }),
    ],
    downgrades: change ? checkUpgrade(engine, change) : [],
  };
}

/** Whatever a store is now, its database is at least as new as that of the last revision that worked. */
async function lastWorking({ storage, charts }: ValueChecks, record: StoreRecord): Promise<Values | undefined> {
  const found = await findNewest(storage.revisions, record.id, ({ verifiedAt }) => verifiedAt !== undefined);
  if (!found) return undefined;
  const chart = charts.of({ engine: record.engine, chart: pinOf(found) ?? record.chart }) ?? charts.get(record.engine);
  return chart?.toEffective(found.values);
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

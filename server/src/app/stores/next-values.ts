/** What a change makes of a store: its next values and chart, checked. */
import { type Caller, may, type Store } from '@shopyard/contracts';
import type { EngineChart } from '../../chart/engine-charts.ts';
import { restoreRedacted } from '../../domain/redact-values.ts';
import { type Known, requireKnown } from './known-store.ts';
import { chooseChart } from './choose-chart.ts';
import { refuse, refuseValues, type ValueChecks } from './refuse-values.ts';
import { keepOperators } from './tenant-values.ts';

export interface Next {
  known: Known;
  /** The store's own. */
  values: Record<string, unknown>;
  chart: EngineChart;
  /** The generation that the values were made for, if an administrator's values in them are those of that one. */
  generation: number | undefined;
}

interface Asked {
  /** The present ones if absent. Redacted ones stand for the present secrets. */
  values: Record<string, unknown> | undefined;
  /** Of the chart; the present one's if absent. */
  version: string | undefined;
  caller: Caller;
}

/** `undefined` if neither values nor chart are asked for. Throws ShopyardError for what the store can't become. */
export async function toNext(
  checks: ValueChecks,
  store: Store,
  { values, version, caller }: Asked,
): Promise<Next | undefined> {
  if (values === undefined && version === undefined) return undefined;
  const known = await requireKnown(checks, store.id);
  const { name, engine } = store;
  const before = known.record.values;
  const asked = values ? restoreRedacted(values, before) : before;
  const { values: own, issues } = keepOperators({ caller, engine: checks.engines.get(engine), before, asked });
  refuse(issues);
  const chart = chooseChart(checks.charts, known, version);
  await refuseValues(checks, { name, engine, values: own, chart }, store);
  const isWhole = may(caller, 'platform:manage');
  return { known, values: own, chart, generation: isWhole ? undefined : known.record.generation };
}

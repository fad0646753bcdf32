/** What a change makes of a store: its next values and chart, checked. */
import type { Store } from '@shopyard/contracts';
import type { EngineChart } from '../../chart/engine-charts.ts';
import { restoreRedacted } from '../../domain/redact-values.ts';
import { type Known, requireKnown } from './known-store.ts';
import { chooseChart } from './choose-chart.ts';
import { refuseValues, type ValueChecks } from './refuse-values.ts';

export interface Next {
  known: Known;
  /** The store's own. */
  values: Record<string, unknown>;
  chart: EngineChart;
}

interface Asked {
  /** The present ones if absent. Redacted ones stand for the present secrets. */
  values: Record<string, unknown> | undefined;
  /** Of the chart; the present one's if absent. */
  version: string | undefined;
}

/** `undefined` if neither values nor chart are asked for. Throws ShopyardError for what the store can't become. */
export async function toNext(checks: ValueChecks, store: Store, { values, version }: Asked): Promise<Next | undefined> {
  if (values === undefined && version === undefined) return undefined;
  const known = await requireKnown(checks, store.id);
  const { name, engine } = store;
  const own = values ? restoreRedacted(values, known.record.values) : known.record.values;
  const chart = chooseChart(checks.charts, known, version);
  await refuseValues(checks, { name, engine, values: own, chart }, store);
  return { known, values: own, chart };
}

/** Observes a store: its record and the watches, read together. */
import type { Engines } from '@shopyard/engines';
import type { EngineCharts } from '../../chart/engine-charts.ts';
import { missingChart } from '../../domain/missing-chart.ts';
import type { StepBudgets } from '../../domain/budgets.ts';
import type { StoreObservation } from '../../domain/observation.ts';
import { recheckAt } from '../../domain/recheck.ts';
import type { Situation } from '../../domain/situation.ts';
import { helmValuesOf, type StoreRecord } from '../../domain/store.ts';
import type { StoreReads } from '../../storage/storage.ts';
import type { RepairBackoff } from './repair-backoff.ts';

export interface ObserveOptions {
  stores: Pick<StoreReads, 'find'>;
  sources: ObservedSources;
  engines: Engines;
  charts: EngineCharts;
  /** Where they differ from the engine's. */
  budgets: Partial<StepBudgets>;
  repairs: RepairBackoff;
}

export interface ObservedSources {
  viewOf: (store: { id: string; namespace: string; engine: string }) => StoreObservation;
  /** Last customer visit, in epoch milliseconds; see recheck.ts. */
  visitedAt: (id: string) => number;
  now: () => Date;
}

/** `undefined` for a store that is gone, or whose engine this build lacks: that one is shown, and not touched. */
export type Observe = (id: string, notBefore: number) => Promise<Situation | undefined>;

export function createObserve({ stores, sources, engines, charts, budgets, repairs }: ObserveOptions): Observe {
  const { viewOf, visitedAt, now } = sources;

  /** Values also come from records and annotations that an older server or someone else wrote. */
  function findInvalidValues(store: StoreRecord): string | undefined {
    const chart = store.desired === 'absent' ? undefined : charts.of(store);
    if (!chart || chart.misfit !== undefined) return undefined;
    const [wrong] = chart.checkValues(helmValuesOf(store));
    return wrong && `${wrong.field}: ${wrong.message}. Correct the store's settings.`;
  }

  /** It matters only once something is to be applied. */
  function findChartTrouble(store: StoreRecord): Situation['chartTrouble'] {
    const chart = charts.of(store);
    if (!chart) return { reason: 'ChartMissing', message: missingChart(store) };
    return chart.misfit === undefined ? undefined : { reason: 'InvalidValues', message: `${chart.misfit}.` };
  }

  return async (id, notBefore) => {
    const store = await stores.find(id);
    const engine = store && engines.get(store.engine);
    if (!engine) return undefined;
    // From here on nothing is awaited: record, watches and time belong together.
    return {
      store,
      engine,
      view: viewOf(store),
      now: now().getTime(),
      budgets: { ...engine.budgets, ...budgets },
      invalidValues: findInvalidValues(store),
      chartTrouble: findChartTrouble(store),
      notBefore,
      repairNotBefore: (what) => repairs.notBefore(store, what),
      recheckAt: recheckAt(store, visitedAt(id)),
    };
  };
}

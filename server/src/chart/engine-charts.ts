/** Each engine's chart, and the checks that follow from it and the platform's values. */
import type { Engines } from '@shopyard/engines';
import { type CheckUpgrade, createUpgradeCheck } from './check-upgrade.ts';
import { type CheckValues, createValuesCheck } from './check-values.ts';
import { readChart, type StoreChart } from './read-chart.ts';

export interface EngineChart {
  chart: StoreChart;
  checkValues: CheckValues;
  checkUpgrade: CheckUpgrade;
}

/** By the engine's id. */
export type EngineCharts = ReadonlyMap<string, EngineChart>;

/** Throws ConfigError if the platform's values don't fit a chart. */
export function readEngineCharts(engines: Engines, platformValues: Record<string, unknown>): EngineCharts {
  return new Map(
    [...engines.values()].map(({ id, chart: path }) => {
      const chart = readChart(path);
      const checkValues = createValuesCheck(chart, platformValues);
      return [id, { chart, checkValues, checkUpgrade: createUpgradeCheck(chart, platformValues) }];
    }),
  );
}

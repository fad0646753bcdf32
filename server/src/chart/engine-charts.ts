/** Each engine's chart, and the checks that follow from it and the platform's values. */
import type { Engines } from '@shopyard/engines';
import { type CheckUpgrade, createUpgradeCheck } from './check-upgrade.ts';
import { type CheckValues, createValuesCheck, overlay } from './check-values.ts';
import { toPlatformValues } from './platform-values.ts';
import { readChart, type StoreChart } from './read-chart.ts';

type Values = Record<string, unknown>;

export interface EngineChart {
  chart: StoreChart;
  /** The platform's values for this engine. */
  platformValues: Values;
  checkValues: CheckValues;
  checkUpgrade: CheckUpgrade;
  /** A store's own values over the platform's and the chart's. */
  toEffective: (own: Values) => Values;
}

/** By the engine's id. */
export type EngineCharts = ReadonlyMap<string, EngineChart>;

/** `file`: contents of SHOPYARD_STORE_VALUES. Throws ConfigError if an engine's part of it doesn't fit its chart. */
export function readEngineCharts(engines: Engines, file: Values): EngineCharts {
  const layers = toPlatformValues(file, [...engines.keys()]);
  return new Map(
    [...engines.values()].map(({ id, chart: path }) => {
      const chart = readChart(path);
      const platformValues = layers.get(id) ?? {};
      const checkValues = createValuesCheck(chart, platformValues);
      const base = overlay(chart.defaults, platformValues);
      const toEffective = (own: Values): Values => overlay(base, own);
      const checkUpgrade = createUpgradeCheck(chart, platformValues);
      return [id, { chart, platformValues, checkValues, checkUpgrade, toEffective }];
    }),
  );
}

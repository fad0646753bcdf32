/** Each engine's chart, and the checks that follow from it and the platform's values. */
import { valueAt } from '@shopyard/contracts';
import type { Engine, Engines } from '@shopyard/engines';
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
  /** By name: what a store with these own values runs. */
  versionsOf: (own: Values) => Record<string, string>;
}

/** By the engine's id. */
export type EngineCharts = ReadonlyMap<string, EngineChart>;

/** `file`: contents of SHOPYARD_STORE_VALUES. Throws ConfigError if an engine's part of it doesn't fit its chart. */
export function readEngineCharts(engines: Engines, file: Values): EngineCharts {
  const layers = toPlatformValues(file, [...engines.keys()]);
  return new Map(
    [...engines.values()].map((engine) => {
      const { id, chart: path, versions } = engine;
      const chart = readChart(path);
      const platformValues = layers.get(id) ?? {};
      const checkValues = createValuesCheck(chart, platformValues);
      const base = overlay(chart.defaults, platformValues);
      const toEffective = (own: Values): Values => overlay(base, own);
      const checkUpgrade = createUpgradeCheck(engine, toEffective);
      const versionsOf: EngineChart['versionsOf'] = (own) => toVersions(versions, toEffective(own));
      return [id, { chart, platformValues, checkValues, checkUpgrade, toEffective, versionsOf }];
    }),
  );
}

/** Without those that the values leave open. */
function toVersions(versions: Engine['versions'], effective: Values): Record<string, string> {
  const found = versions.map(({ name, path }) => [name, path ? valueAt(effective, path) : undefined] as const);
  return Object.fromEntries(
    found.flatMap(([name, value]) => (typeof value === 'string' && value ? [[name, value]] : [])),
  );
}

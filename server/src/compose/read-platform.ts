/** What the operator decided for every store: the chart, the platform's values, and the checks that follow from both. */
import { type CheckUpgrade, createUpgradeCheck } from '../chart/check-upgrade.ts';
import { type CheckValues, createValuesCheck } from '../chart/check-values.ts';
import { readChart, type StoreChart } from '../chart/read-chart.ts';
import type { Config } from '../config/config.ts';
import { readPlatformValues } from '../config/platform-values.ts';

export interface PlatformInputs {
  chart: StoreChart;
  platformValues: Record<string, unknown>;
  checkValues: CheckValues;
  checkUpgrade: CheckUpgrade;
  /** Paths of the values files that helm is given under each store's own values. */
  valueFiles: string[];
}

/** Throws ConfigError. */
export function readPlatform({ store }: Pick<Config, 'store'>): PlatformInputs {
  const platformValues = readPlatformValues(store.valuesFile);
  const chart = readChart(store.chart);
  return {
    chart,
    platformValues,
    checkValues: createValuesCheck(chart, platformValues),
    checkUpgrade: createUpgradeCheck(chart, platformValues),
    valueFiles: store.valuesFile ? [store.valuesFile] : [],
  };
}

/** What the operator decided for every store: the engines' charts, the platform's values, and the checks that follow. */
import type { Engines } from '@shopyard/engines';
import { type EngineCharts, readEngineCharts } from '../chart/engine-charts.ts';
import type { Config } from '../config/config.ts';
import { readPlatformValues } from '../config/platform-values.ts';

export interface PlatformInputs {
  engines: Engines;
  charts: EngineCharts;
}

/** Throws ConfigError. */
export function readPlatform({ store }: Pick<Config, 'store'>, engines: Engines): PlatformInputs {
  return { engines, charts: readEngineCharts(engines, readPlatformValues(store.valuesFile)) };
}

/** What the operator decided for every store: the engines' charts, the platform's values, the addresses of stores. */
import type { ChangeWindow, EngineView } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';
import { toEngineViews } from '../app/platform/engine-views.ts';
import { type EngineCharts, readEngineCharts } from '../chart/engine-charts.ts';
import { RULES_SETTING, VALUES_SETTING } from '../chart/platform-values.ts';
import type { Config } from '../config/config.ts';
import { type EngineCode, findEngineCode } from '../embedded/find-engine-code.ts';
import { readPlatformValues } from '../config/platform-values.ts';
import { Addresses } from '../store-access/addresses.ts';

export interface PlatformInputs {
  engines: Engines;
  charts: EngineCharts;
  /** What the embedded cluster runs stores with. */
  code: EngineCode;
  /** What the dashboard shows of each engine. */
  views: EngineView[];
  addresses: Addresses;
  /** When working stores may be changed that have no window of their own. */
  window: ChangeWindow | undefined;
}

/** Throws ConfigError. */
export function readPlatform(config: Config, engines: Engines): PlatformInputs {
  const { store, port } = config;
  const charts = readEngineCharts(engines, {
    values: readPlatformValues(VALUES_SETTING, store.valuesFile),
    rules: readPlatformValues(RULES_SETTING, store.rulesFile),
  });
  const code = findEngineCode(engines, config);
  const isEmbedded = config.cluster.kind === 'embedded';
  return {
    engines,
    charts,
    code,
    views: toEngineViews({
      engines,
      charts,
      isEmbedded,
      isReal: (id) => code.real.has(id),
      notices: code.notices,
    }),
    addresses: new Addresses({ ...store, port, charts }),
    window: config.changeWindow,
  };
}

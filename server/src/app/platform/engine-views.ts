/** Engines as clients see them. Pure. */
import type { EngineView } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';
import type { EngineChart, EngineCharts } from '../../chart/engine-charts.ts';
import { isMap } from '../../chart/platform-values.ts';

export interface EngineViewsOptions {
  engines: Engines;
  charts: EngineCharts;
  isEmbedded: boolean;
  /** Whether its stores on the embedded cluster are not simulated. */
  isReal: (engine: string) => boolean;
}

export function toEngineViews({ engines, charts, isEmbedded, isReal }: EngineViewsOptions): EngineView[] {
  return [...engines.values()].map(({ id, title, about, embedded, components, versions, mail, fixes, adminPages }) => ({
    id,
    title,
    about,
    embedded: embedded.consistsOf,
    runs: isEmbedded && !isReal(id) ? 'simulated' : 'real',
    sizes: charts.get(id)?.chart.sizes ?? [],
    defaults: toDefaults(charts.get(id)),
    components: components.map(({ name, title, role, valuesKey }) => ({ name, title, role, valuesKey })),
    versions: versions.filter(({ isInternal }) => !isInternal).map(({ name, title }) => ({ name, title })),
    fixes: Object.fromEntries(Object.entries(fixes).map(([reason, fields]) => [reason, [...fields]])),
    adminPages: { ...adminPages },
    mail: mail && isEmbedded && isReal(id),
  }));
}

function toDefaults(engine: EngineChart | undefined): EngineView['defaults'] {
  const { size, store } = engine?.platformValues ?? {};
  const currency = isMap(store) ? store['currency'] : undefined;
  const country = isMap(store) ? store['country'] : undefined;
  return textsOf({ size: size ?? engine?.chart.defaults['size'], currency, country });
}

function textsOf(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

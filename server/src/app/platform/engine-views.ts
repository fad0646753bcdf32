/** Engines as clients see them. Pure. */
import type { EngineView } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';
import type { EngineCharts } from '../../chart/engine-charts.ts';

export interface EngineViewsOptions {
  engines: Engines;
  charts: EngineCharts;
  isEmbedded: boolean;
  /** Whether its stores on the embedded cluster are not simulated. */
  isReal: (engine: string) => boolean;
}

export function toEngineViews({ engines, charts, isEmbedded, isReal }: EngineViewsOptions): EngineView[] {
  return [...engines.values()].map(({ id, title, about, embedded, components, mail }) => ({
    id,
    title,
    about,
    embedded: embedded.consistsOf,
    runs: isEmbedded && !isReal(id) ? 'simulated' : 'real',
    sizes: charts.get(id)?.chart.sizes ?? [],
    components: components.map(({ name, title, role }) => ({ name, title, role })),
    mail: mail && isEmbedded && isReal(id),
  }));
}

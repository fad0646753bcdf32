/** Engines as clients see them. Pure. */
import type { EngineView } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';
import type { EngineChart, EngineCharts } from '../../chart/engine-charts.ts';
import { between, isMap } from '../../chart/platform-values.ts';

export interface EngineViewsOptions {
  engines: Engines;
  charts: EngineCharts;
  isEmbedded: boolean;
  /** Whether its stores on the embedded cluster are not simulated. */
  isReal: (engine: string) => boolean;
  /** What is to know before the first store, by engine. */
  notices?: ReadonlyMap<string, { text: string; isUnavailable: boolean }>;
}

const ORDER: readonly EngineView['runs'][] = ['real', 'simulated', 'unavailable'];

/** Those whose stores run come first: clients offer the first one. */
export function toEngineViews(options: EngineViewsOptions): EngineView[] {
  const { engines, charts, isEmbedded, isReal, notices } = options;
  const views = [...engines.values()].map((engine): EngineView => {
    const { id, title, about, embedded, components, versions, mail, fixes, adminTitle, adminPages } = engine;
    const notice = notices?.get(id);
    return {
      id,
      title,
      about,
      embedded: embedded.consistsOf,
      runs: notice?.isUnavailable ? 'unavailable' : isEmbedded && !isReal(id) ? 'simulated' : 'real',
      ...(notice && { notice: notice.text }),
      sizes: charts.get(id)?.chart.sizes ?? [],
      defaults: toDefaults(charts.get(id)),
      components: components.map(({ name, title, role, valuesKey }) => ({ name, title, role, valuesKey })),
      versions: versions.filter(({ isInternal }) => !isInternal).map(({ name, title }) => ({ name, title })),
      fixes: Object.fromEntries(Object.entries(fixes).map(([reason, fields]) => [reason, [...fields]])),
      adminTitle,
      adminPages: { ...adminPages },
      mail: mail && isEmbedded && isReal(id),
    };
  });
  return views.toSorted((one, other) => ORDER.indexOf(one.runs) - ORDER.indexOf(other.runs));
}

/** One sentence where some stores run and others are simulated. */
export function whichAreReal(views: readonly EngineView[]): string | undefined {
  const [real, simulated] = (['real', 'simulated'] as const).map((how) =>
    views.filter(({ runs }) => runs === how).map(({ title }) => title),
  );
  if (!real?.length || !simulated?.length) return undefined;
  return `${real.join(' and ')} stores are real here; ${simulated.join(' and ')} stores are simulated.`;
}

/** Returns why there can be no new store of an engine, and what helps. */
export function findUnavailable(views: readonly EngineView[]): (engine: string) => string | undefined {
  return (engine) => views.find(({ id, runs }) => id === engine && runs === 'unavailable')?.notice;
}

function toDefaults(engine: EngineChart | undefined): EngineView['defaults'] {
  const { size, store } = engine ? between(engine.platform, {}) : {};
  const currency = isMap(store) ? store['currency'] : undefined;
  const country = isMap(store) ? store['country'] : undefined;
  return textsOf({ size: size ?? engine?.chart.defaults['size'], currency, country });
}

function textsOf(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The chart that a change of a store is made with. */
import { type ChartPin, issueAt, ShopyardError } from '@shopyard/contracts';
import type { EngineChart, EngineCharts } from '../../chart/engine-charts.ts';
import type { Known } from './known-store.ts';

type Charts = Pick<EngineCharts, 'get' | 'of' | 'versions'>;

/** `version`: by default the store keeps its chart. Throws ShopyardError `validation_failed`, which names what there is. */
export function chooseChart(charts: Charts, known: Known, version: string | undefined): EngineChart {
  const { engine, chart: kept } = known.record;
  if (version === undefined) return requireChart(charts, known);
  const present = charts.get(engine);
  if (present?.pin.version === version) return present;
  return requireChart(charts, known, kept?.version === version ? kept : { version });
}

/** `pin`: by default that of the store. Throws ShopyardError, likewise. */
export function requireChart(charts: Charts, { record }: Known, pin: ChartPin | undefined = record.chart): EngineChart {
  const { engine, chart: kept } = record;
  const found = charts.of({ engine, chart: pin });
  if (found) return found;
  const version = pin?.version ?? '';
  const missing =
    pin === kept
      ? `the store is kept at chart ${version}, which this server does not have`
      : `there is no chart ${version}`;
  const message = `${missing}: choose ${charts.versions(engine).join(' or ')}`;
  throw new ShopyardError('validation_failed', `chart: ${message}`, [issueAt(['chart'], message)]);
}

/**
 * `node scripts/src/charts/released-charts.ts`: packs the charts of stores as they are now below `charts/releases`, for
 * stores that stay with this version. Run it when a version of Shopyard is released; a chart that changes afterwards needs
 * another version in its `Chart.yaml`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf, packChart, readChartFolder, unpackChart } from '../../../server/src/chart/chart-files.ts';
import { readChartFiles } from '../../../server/src/chart/read-chart.ts';

const CHARTS = fileURLToPath(new URL('../../../charts', import.meta.url));
/** Of engines. */
export const NAMES = ['woocommerce', 'medusa'];

export interface ReleasedChart {
  file: string;
  /** `changed`: the working chart is another one than the released one of its version. */
  state: 'unreleased' | 'same' | 'changed';
}

/** The package for the version that a chart has now. `charts`: folder with the charts and their `releases`. */
export function releasedChart(name: string, charts: string = CHARTS): ReleasedChart {
  const files = readChartFolder(join(charts, name));
  const file = join(charts, 'releases', `${name}-${readChartFiles(files).version}.tgz`);
  if (!existsSync(file)) return { file, state: 'unreleased' };
  const isSame = digestOf(unpackChart(readFileSync(file))) === digestOf(files);
  return { file, state: isSame ? 'same' : 'changed' };
}

/** Returns the new package, or why there is none. A released one is never replaced. */
export function releaseChart(name: string, charts: string = CHARTS): string {
  const { file, state } = releasedChart(name, charts);
  if (state === 'same') return `${file} is up to date`;
  if (state === 'changed') throw new Error(`${file} was released: raise the version in ${name}/Chart.yaml`);
  mkdirSync(join(charts, 'releases'), { recursive: true });
  writeFileSync(file, packChart(name, readChartFolder(join(charts, name))));
  return `wrote ${file}`;
}

if (import.meta.main) for (const name of NAMES) process.stdout.write(`${releaseChart(name)}\n`);

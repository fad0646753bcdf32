/**
 * The charts of one engine, packed: those of earlier versions that stores are pinned to, besides the one in the engine's
 * folder. Released ones come with Shopyard; the data directory keeps every other one that this server ever had.
 */
import { type ChartPin, type FullPin, isPinned } from '@shopyard/contracts';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../kit/error-message.ts';
import { type ChartFiles, digestOf, packChart, readChartFolder, unpackChart } from './chart-files.ts';
import { readChartFiles, type StoreChart } from './read-chart.ts';

export interface PackedChart {
  chart: StoreChart;
  pin: FullPin;
  /** What helm is given. */
  path: string;
}

export interface ChartShelf {
  readonly current: PackedChart;
  /** `undefined` if this server has no such chart. */
  find(pin: ChartPin): PackedChart | undefined;
  /** That a store can be given. */
  versions(): string[];
  /**
   * Keeps the current one in this folder, for stores that stay with it, and looks there from now on. Returns why it could not
   * be kept, as on a full disk: it is used from where it is, then.
   */
  keepIn(dir: string): string | undefined;
}

/** `dir`: the engine's chart. Its released versions are beside it, in `releases`. Throws if the chart can't be read. */
export function openChartShelf(dir: string): ChartShelf {
  const files = readChartFolder(dir);
  const current = { ...toChart(files), path: dir };
  const { name } = current.chart;
  const releases = join(dirname(dir), 'releases');
  let kept: string | undefined;
  const find = ({ version, digest }: ChartPin): PackedChart | undefined => {
    const released = read(join(releases, `${name}-${version}.tgz`));
    if (released && isPinned({ version, digest }, released.pin)) return released;
    if (kept === undefined) return undefined;
    const file = digest === undefined ? newestOf(kept, `${name}-${version}-`) : keptName(name, { version, digest });
    const found = file === undefined ? undefined : read(join(kept, file));
    return found && isPinned({ version, digest }, found.pin) ? found : undefined;
  };
  return {
    current,
    find: (pin) => (isPinned(pin, current.pin) ? current : find(pin)),
    versions() {
      const found = existsSync(releases) ? readdirSync(releases) : [];
      const released = found.flatMap((file) => (isPackageOf(name, file) ? file.slice(name.length + 1, -4) : []));
      return [...new Set([...released, current.pin.version])];
    },
    keepIn(folder) {
      kept = folder;
      const path = join(folder, keptName(name, current.pin));
      try {
        writeWhole(path, () => packChart(name, files));
      } catch (error) {
        return `the chart ${name} could not be kept: ${messageOf(error)}`;
      }
      // From now on the folder may change under the running server.
      current.path = path;
      return undefined;
    },
  };
}

/** Under another name until it is whole: a killed server leaves no half of a chart. */
function writeWhole(path: string, make: () => Buffer): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.part`, make(), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/** The package that was last kept of a version, where nobody knows which one is meant. */
function newestOf(dir: string, prefix: string): string | undefined {
  const all = existsSync(dir) ? readdirSync(dir) : [];
  const files = all.filter((file) => file.startsWith(prefix) && file.endsWith('.tgz'));
  return files.toSorted((a, b) => statSync(join(dir, b)).mtimeMs - statSync(join(dir, a)).mtimeMs)[0];
}

const isPackageOf = (name: string, file: string): boolean => file.startsWith(`${name}-`) && file.endsWith('.tgz');

const keptName = (name: string, { version, digest }: FullPin): string =>
  `${name}-${version}-${digest.slice(0, 16)}.tgz`;

/** `undefined` for a file that is missing or damaged. */
function read(path: string): PackedChart | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return { ...toChart(unpackChart(readFileSync(path))), path };
  } catch {
    return undefined;
  }
}

function toChart(files: ChartFiles): Omit<PackedChart, 'path'> {
  const chart = readChartFiles(files);
  return { chart, pin: { version: chart.version, digest: digestOf(files) } };
}

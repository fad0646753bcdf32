/** Reads the parts of an engine's chart that the server needs: defaults, schema and sizes. */
import type { Chart, ValueSchema } from '@shopyard/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { bytesOf } from '../kube/quantity.ts';
import { type ChartFiles, readChartFolder } from './chart-files.ts';
import { describeSchema } from './describe-schema.ts';

export interface Requests {
  cpu?: string | undefined;
  memory?: string | undefined;
}

export interface StoreChart extends Pick<Chart, 'sizes'> {
  defaults: Record<string, unknown>;
  /** Without the keys that helm adds for libraries: they are no values of a store. */
  schema: Record<string, unknown>;
  /** The same for clients. */
  readonly described: ValueSchema;
  /** What each component's pod requests, by size and the component's section of the values. */
  requests: ReadonlyMap<string, ReadonlyMap<string, Requests>>;
  /** Bytes of each component's volume, by size and the component's section of the values. */
  volumes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Charts whose templates this one uses. helm adds an entry for each to the values of a release. */
  libraries: readonly string[];
  name: string;
  version: string;
  /** Value of the `helm.sh/chart` label on its objects, such as `woocommerce-0.1.0`. */
  label: string;
}

const map = z.record(z.string(), z.unknown());
const chartFile = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: z.array(z.object({ name: z.string() })).default([]),
});
const valuesSchema = z.looseObject({ properties: map });
const component = z.object({
  limits: z.object({ memory: z.string() }),
  requests: z.object({ cpu: z.string(), memory: z.string().optional() }),
});
const sizesFile = z.record(
  z.string(),
  z.object({
    suits: z.string().optional(),
    components: z.record(z.string(), component),
    storage: z.record(z.string(), z.string()),
  }),
);

/** `dir`: the chart's folder. Throws if a file is missing or malformed. */
export function readChart(dir: string): StoreChart {
  return readChartFiles(readChartFolder(dir));
}

/** Throws if a file is missing or malformed. */
export function readChartFiles(files: ChartFiles): StoreChart {
  const read = (path: string): string => {
    const file = files.get(path);
    if (!file) throw new Error(`the chart has no ${path}`);
    return file.toString('utf8');
  };
  const { name, version, dependencies } = chartFile.parse(parse(read('Chart.yaml')));
  const libraries = dependencies.map((dependency) => dependency.name);
  const file = valuesSchema.parse(JSON.parse(read('values.schema.json')));
  const schema = { ...file, properties: without(file.properties, libraries) };
  const values = read('values.yaml');
  const defaults = map.parse(parse(values));
  const sizes = sizesFile.parse(parse(read('files/sizes.yaml')));
  // That parses the file again, for its comments, and only forms ask for it.
  let described: ValueSchema | undefined;
  return {
    name,
    version,
    label: `${name}-${version.replace('+', '_')}`,
    libraries,
    defaults,
    schema,
    get described() {
      return (described ??= describeSchema({ schema, values, defaults }));
    },
    requests: new Map(
      Object.entries(sizes).map(([size, { components }]) => [
        size,
        new Map(Object.entries(components).map(([section, { requests }]) => [section, requests])),
      ]),
    ),
    volumes: new Map(
      Object.entries(sizes).map(([size, { storage }]) => [
        size,
        new Map(Object.entries(storage).map(([section, quantity]) => [section, bytesOf(quantity)])),
      ]),
    ),
    sizes: Object.entries(sizes).map(([size, { suits, components, storage }]) => {
      const limits = Object.values(components).map((part) => part.limits.memory);
      const volumes = Object.values(storage);
      return {
        name: size,
        ...(suits === undefined ? {} : { suits }),
        cpu: Object.values(components)
          .map(({ requests }) => requests.cpu)
          .join(' + '),
        memory: limits.join(' + '),
        storage: volumes.join(' + '),
        memoryBytes: sumOf(limits),
        storageBytes: sumOf(volumes),
      };
    }),
  };
}

const sumOf = (quantities: readonly string[]): number =>
  quantities.reduce((sum, quantity) => sum + bytesOf(quantity), 0);

/** The same values without these keys. Pure. */
export function without(values: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}

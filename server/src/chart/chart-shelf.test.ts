import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChartPin } from '@shopyard/contracts';
import { engines, requireEngine } from '@shopyard/engines';
import { temporaryDir } from '@shopyard/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packChart, readChartFolder } from './chart-files.ts';
import { openChartShelf } from './chart-shelf.ts';
import { readEngineCharts } from './engine-charts.ts';

const CHART = fileURLToPath(new URL('../../../charts/woocommerce', import.meta.url));

let dir: ReturnType<typeof temporaryDir>;
let folder: string;
let kept: string;

beforeEach(() => {
  dir = temporaryDir();
  folder = join(dir.path, 'charts/woocommerce');
  kept = join(dir.path, 'kept');
});
afterEach(() => dir[Symbol.dispose]());

/** Today's chart under another version, with a default of its own. */
function write(version: string, memory = '256M'): void {
  for (const [path, content] of readChartFolder(CHART)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const text = content.toString('utf8').replace('memoryLimit: 256M', `memoryLimit: ${memory}`);
    writeFileSync(
      join(folder, path),
      path === 'Chart.yaml' ? text.replace(/^version: .*$/m, `version: ${version}`) : text,
    );
  }
}

/** Opens the chart as a server that starts. */
function start(version: string, memory?: string): ReturnType<typeof openChartShelf> {
  write(version, memory);
  const shelf = openChartShelf(folder);
  expect(shelf.keepIn(kept)).toBeUndefined();
  return shelf;
}

test('finds each chart that it ever was started with, also of one version, and no other', () => {
  const [first, second] = [start('0.1.0').current.pin, start('0.1.0', '300M').current.pin];
  const shelf = start('0.2.0');
  for (const pin of [first, second]) expect(shelf.find(pin)?.pin).toEqual(pin);
  expect(shelf.find(second)?.chart.defaults).toMatchObject({ wordpress: { php: { memoryLimit: '300M' } } });
  expect(shelf.find({ ...first, version: '0.2.0' })).toBeUndefined();
  expect(shelf.find({ version: '0.1.0', digest: '0'.repeat(64) })).toBeUndefined();
  expect(shelf.versions()).toEqual(['0.2.0']);
});

test('helm is given what was read, whatever becomes of the folder meanwhile', () => {
  const shelf = start('0.1.0');
  write('0.1.0', '999M');
  expect(dirname(shelf.current.path)).toBe(kept);
  expect(openChartShelf(folder).find(shelf.current.pin)).toBeUndefined();
});

test('finds a released chart by its version, without its digest', () => {
  write('0.1.0');
  const { pin } = openChartShelf(folder).current;
  const releases = join(dir.path, 'charts/releases');
  mkdirSync(releases);
  writeFileSync(join(releases, 'woocommerce-0.1.0.tgz'), packChart('woocommerce', readChartFolder(folder)));
  const shelf = start('0.2.0');
  expect(shelf.find({ version: '0.1.0' })?.pin).toEqual(pin);
  expect(shelf.versions()).toEqual(['0.1.0', '0.2.0']);
});

test.each<[string, () => void]>([
  ['is gone', () => rmSync(kept, { recursive: true })],
  ['is damaged', () => readdirSync(kept).forEach((file) => writeFileSync(join(kept, file), 'nothing'))],
])('a package that %s is missing', (_what, harm) => {
  const { pin } = start('0.1.0').current;
  const shelf = openChartShelf((write('0.2.0'), folder));
  harm();
  shelf.keepIn(kept);
  expect(shelf.find(pin)).toBeUndefined();
});

test('a chart that cannot be kept is used from where it is', () => {
  write('0.1.0');
  writeFileSync(kept, 'a file in the way');
  const shelf = openChartShelf(folder);
  expect(shelf.keepIn(kept)).toMatch(/^the chart woocommerce could not be kept: /);
  expect(shelf.current.path).toBe(folder);
});

test("an earlier chart that does not take the platform's values stops no server, and says which value", () => {
  write('0.1.0');
  const older = new Map([['woocommerce', { ...requireEngine(engines, { engine: 'woocommerce' }), chart: folder }]]);
  const charts = readEngineCharts(older);
  charts.keepIn(kept);
  const pin: ChartPin | undefined = charts.get('woocommerce')?.pin;
  const schema = join(folder, 'values.schema.json');
  write('0.2.0');
  const { properties, ...rest } = JSON.parse(readFileSync(schema, 'utf8')) as { properties: object };
  writeFileSync(schema, JSON.stringify({ ...rest, properties: { ...properties, newer: { type: 'string' } } }));
  const newer = readEngineCharts(older, { values: { newer: 'value' } });
  newer.keepIn(kept);
  const found = newer.of({ engine: 'woocommerce', chart: pin });
  expect(found?.misfit).toBe('SHOPYARD_STORE_VALUES: newer: unknown value (chart 0.1.0)');
  expect(found?.checkValues({})).toEqual([{ field: 'values', path: ['values'], message: found?.misfit }]);
});

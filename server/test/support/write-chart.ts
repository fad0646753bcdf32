/** Charts of another Shopyard. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readChartFolder } from '../../src/chart/chart-files.ts';

const CHART = fileURLToPath(new URL('../../../charts/woocommerce', import.meta.url));

/** A chart like today's with another version, in a folder of that name below `dir`; `change` takes its values.yaml. */
export function writeChart(dir: string, version: string, change: (text: string) => string = (text) => text): string {
  const folder = join(dir, version, 'woocommerce');
  const files = readChartFolder(CHART);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const text = content.toString('utf8').replace(/^version: 0\.1\.0$/m, `version: ${version}`);
    writeFileSync(join(folder, path), path === 'values.yaml' ? change(text) : text);
  }
  // The library keeps its version.
  writeFileSync(join(folder, 'charts/common/Chart.yaml'), files.get('charts/common/Chart.yaml') ?? '');
  return folder;
}

/** A change that every store notices. */
export const withMoreMemory = (text: string): string => text.replace('memoryLimit: 256M', 'memoryLimit: 320M');

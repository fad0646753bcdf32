import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { NAMES, releaseChart, releasedChart } from './released-charts.ts';

const CHARTS = fileURLToPath(new URL('../../../charts', import.meta.url));

test.each(NAMES)('a released %s is not changed: a change takes another version', (name) => {
  expect(releasedChart(name).state).not.toBe('changed');
});

test('is packed once per version, and never again with other contents', () => {
  using dir = temporaryDir();
  // With its links, which lead to the copied library.
  cpSync(CHARTS, dir.path, { recursive: true, verbatimSymlinks: true });
  rmSync(join(dir.path, 'releases'), { recursive: true, force: true });
  expect(releasedChart('woocommerce', dir.path).state).toBe('unreleased');
  expect(releaseChart('woocommerce', dir.path)).toMatch(/^wrote .*releases\/woocommerce-\d+\.\d+\.\d+\.tgz$/);
  expect(releaseChart('woocommerce', dir.path)).toMatch(/is up to date$/);
  const file = join(dir.path, 'common/templates/_labels.tpl');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
  expect(releasedChart('woocommerce', dir.path).state).toBe('changed');
  expect(() => releaseChart('woocommerce', dir.path)).toThrow('raise the version in woocommerce/Chart.yaml');
});

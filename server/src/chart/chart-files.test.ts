import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { digestOf, packChart, readChartFolder, unpackChart } from './chart-files.ts';
import { readChartFiles } from './read-chart.ts';

const CHART = fileURLToPath(new URL('../../../charts/woocommerce', import.meta.url));

test('a package holds the same chart, its library and no example values, and is the same each time', () => {
  const files = readChartFolder(CHART);
  const packed = packChart('woocommerce', files);
  expect(packChart('woocommerce', readChartFolder(CHART))).toEqual(packed);
  const unpacked = unpackChart(packed);
  expect([...unpacked.keys()]).toEqual([...files.keys()]);
  expect(digestOf(unpacked)).toBe(digestOf(files));
  expect([...files.keys()]).toContain('charts/common/Chart.yaml');
  expect([...files.keys()].filter((path) => /^ci|^values-|helmignore/.test(path))).toEqual([]);
  expect(readChartFiles(unpacked)).toMatchObject({ name: 'woocommerce', libraries: ['common'] });
});

test("a changed byte of the chart, or of its library, changes the digest, and another folder's name doesn't", () => {
  using dir = temporaryDir();
  const copy = join(dir.path, 'copy');
  for (const [path, content] of readChartFolder(CHART)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), content);
  }
  const before = digestOf(readChartFolder(CHART));
  expect(digestOf(readChartFolder(copy))).toBe(before);
  writeFileSync(join(copy, 'charts/common/Chart.yaml'), 'name: common\n');
  expect(digestOf(readChartFolder(copy))).not.toBe(before);
});

test('tar takes a package for its own', () => {
  using dir = temporaryDir();
  const file = join(dir.path, 'woocommerce.tgz');
  const files = readChartFolder(CHART);
  writeFileSync(file, packChart('woocommerce', files));
  const listed = execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).trim().split('\n');
  expect(listed).toEqual([...files.keys()].map((path) => `woocommerce/${path}`));
});

test('refuses what is no package', () => {
  const packed = Buffer.from(packChart('a', new Map([['b', Buffer.from('c')]])));
  expect(unpackChart(packed).get('b')?.toString()).toBe('c');
  expect(() => unpackChart(Buffer.from('nothing'))).toThrow('incorrect header check');
  expect(() => packChart('a'.repeat(100), new Map([['b', Buffer.from('c')]]))).toThrow('at most 100 bytes');
});

import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { readEngineCharts } from './engine-charts.ts';
import { toSizeLoads, type SizeLoads } from './size-loads.ts';

const MIB = 1024 ** 2;
const smallWith = (file: Record<string, unknown>): SizeLoads | undefined => {
  const engine = readEngineCharts(engines, { values: file }).get('woocommerce');
  return engine && toSizeLoads(engine).find(({ size }) => size === 'small');
};

test("reads what a size's pods request from the chart", () => {
  expect(smallWith({})?.pods).toEqual([
    { cpu: 100, memory: 256 * MIB },
    { cpu: 50, memory: 192 * MIB },
  ]);
});

test("takes the platform's requests for those of the size, one by one", () => {
  const file = {
    wordpress: { resources: { requests: { cpu: 2 } } },
    mariadb: { resources: { requests: { memory: '1Gi' } } },
  };
  expect(smallWith(file)?.pods).toEqual([
    { cpu: 2000, memory: 256 * MIB },
    { cpu: 50, memory: 1024 * MIB },
  ]);
});

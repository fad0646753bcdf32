import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { type EngineChart, readEngineCharts } from '../../chart/engine-charts.ts';
import { readyStore } from '../../domain/testing.ts';
import { confirmUpgrade } from './confirm-upgrade.ts';

const CHART = requireChart();
const NEWER = { woocommerce: { version: '11.1.0', url: 'https://example.com/woocommerce.zip' } };

interface Case {
  name: string;
  values?: Record<string, unknown>;
  confirm?: string;
  store?: Partial<ReturnType<typeof readyStore>>;
}

function change({ values = NEWER, confirm, store }: Case): void {
  const record = readyStore({ versions: { woocommerce_db: '11.0.1' }, ...store });
  confirmUpgrade(engines, { record, chart: CHART }, { values, chart: CHART, confirm });
}

test.each<Case>([
  { name: 'no confirmation' },
  { name: "another store's name", confirm: 'beta' },
  { name: 'a store whose versions are unknown', store: { versions: undefined } },
])('a newer series needs the name of the store: $name', (given) => {
  expect(() => change(given)).toThrow(
    expect.objectContaining({
      code: 'confirmation_needed',
      message: expect.stringMatching(/^WooCommerce 11\.0\.1 → 11\.1\.0: .*confirm: "alpha"$/) as string,
      issues: [expect.objectContaining({ path: ['confirm'], message: expect.stringMatching(/go back to$/) as string })],
    }),
  );
});

test.each<Case>([
  { name: 'the name of the store', confirm: 'alpha' },
  { name: 'a newer patch', values: { woocommerce: { version: '11.0.2' } } },
  { name: 'other values', values: { size: 'large' } },
  { name: 'a store that never worked', store: { readyAt: undefined } },
])('goes on with $name', (given) => {
  expect(() => change(given)).not.toThrow();
});

function requireChart(): EngineChart {
  const chart = readEngineCharts(engines).get('woocommerce');
  if (!chart) throw new Error('the build has WooCommerce');
  return chart;
}

import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { readEngineCharts } from '../../chart/engine-charts.ts';
import { toEngineViews } from './engine-views.ts';

const defaultsWith = (file: Record<string, unknown>): object | undefined => {
  const charts = readEngineCharts(engines, file);
  return toEngineViews({ engines, charts, isEmbedded: true, isReal: () => true })[0]?.defaults;
};

test("offers the chart's size, and leaves currency and country to the browser", () => {
  expect(defaultsWith({})).toEqual({ size: 'small' });
});

test('offers what the operator has set', () => {
  const file = { size: 'medium', store: { currency: 'CHF', country: 'CH' } };
  expect(defaultsWith(file)).toEqual({ size: 'medium', currency: 'CHF', country: 'CH' });
});

test('says for which shop each size is', () => {
  const charts = readEngineCharts(engines, {});
  const [view] = toEngineViews({ engines, charts, isEmbedded: true, isReal: () => true });
  expect(view?.sizes.map(({ name, suits }) => `${name}: ${suits}`)).toEqual([
    'small: about 50 orders a day',
    'medium: about 500 orders a day',
    'large: about 2,000 orders a day',
  ]);
});

import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { readEngineCharts } from '../../chart/engine-charts.ts';
import { toEngineViews, whichAreReal } from './engine-views.ts';

const defaultsWith = (file: Record<string, unknown>): object | undefined => {
  const charts = readEngineCharts(engines, { values: file });
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
  const charts = readEngineCharts(engines);
  const [view] = toEngineViews({ engines, charts, isEmbedded: true, isReal: () => true });
  expect(view?.sizes.map(({ name, suits }) => `${name}: ${suits}`)).toEqual([
    'small: about 50 orders a day',
    'medium: about 500 orders a day',
    'large: about 2,000 orders a day',
  ]);
});

test('offers first what runs, where another engine is only simulated', () => {
  const charts = readEngineCharts(engines);
  const idsWith = (real: string[], isEmbedded = true): string[] =>
    toEngineViews({ engines, charts, isEmbedded, isReal: (id) => real.includes(id) }).map(({ id }) => id);
  expect(idsWith(['medusa'])).toEqual(['medusa', 'woocommerce']);
  for (const ids of [idsWith(['woocommerce', 'medusa']), idsWith([]), idsWith([], false)])
    expect(ids).toEqual(['woocommerce', 'medusa']);
});

test('says which stores are real where others are simulated', () => {
  const charts = readEngineCharts(engines);
  const saidWith = (...real: string[]): string | undefined =>
    whichAreReal(toEngineViews({ engines, charts, isEmbedded: true, isReal: (id) => real.includes(id) }));
  expect(saidWith('medusa')).toBe('Medusa stores are real here; WooCommerce stores are simulated.');
  expect(saidWith()).toBeUndefined();
  expect(saidWith('medusa', 'woocommerce')).toBeUndefined();
});

test('offers last what there can be no store of, with the reason', () => {
  const charts = readEngineCharts(engines);
  const notices = new Map([['woocommerce', { text: 'It is not here.', isUnavailable: true }]]);
  const views = toEngineViews({ engines, charts, isEmbedded: true, isReal: () => false, notices });
  expect(views).toMatchObject([
    { id: 'medusa', runs: 'simulated' },
    { id: 'woocommerce', runs: 'unavailable', notice: 'It is not here.' },
  ]);
});

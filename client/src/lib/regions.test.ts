import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COUNTRIES, CURRENCIES, named, regionOf } from './regions.ts';

test.each([
  { languages: ['de-AT', 'en-US'], country: 'AT', currency: 'EUR' },
  { languages: ['de'], country: 'DE', currency: 'EUR' },
  { languages: ['en', 'de-CH'], country: 'CH', currency: 'CHF' },
  { languages: ['en'], country: 'US', currency: 'USD' },
  { languages: ['es-419'], country: 'US', currency: 'USD' },
  { languages: ['not a locale'], country: 'US', currency: 'USD' },
  { languages: [], country: 'US', currency: 'USD' },
])('suggests $country and $currency to $languages', ({ languages, country, currency }) => {
  expect(regionOf(languages)).toEqual({ country, currency });
});

test("offers only what the chart's schema accepts, each once and with a name", () => {
  const path = new URL('../../../charts/woocommerce/values.schema.json', import.meta.url);
  const { properties } = JSON.parse(readFileSync(path, 'utf8')) as {
    properties: { store: { properties: Record<string, { pattern: string }> } };
  };
  const accepts = (field: string, code: string): boolean =>
    new RegExp(properties.store.properties[field]?.pattern ?? '^$').test(code);
  for (const code of CURRENCIES) expect(accepts('currency', code), code).toBe(true);
  for (const code of COUNTRIES) expect(accepts('country', code), code).toBe(true);
  expect([new Set(COUNTRIES).size, new Set(CURRENCIES).size]).toEqual([COUNTRIES.length, CURRENCIES.length]);
  expect(COUNTRIES).toHaveLength(249);
  const nameless = [...named(COUNTRIES, 'region'), ...named(CURRENCIES, 'currency')].filter(
    ({ code, name }) => code === name,
  );
  expect(nameless).toEqual([]);
});

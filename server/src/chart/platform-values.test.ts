import { expect, test } from 'vitest';
import { overlay } from './check-values.ts';
import { layer, toPlatformValues } from './platform-values.ts';

const IDS = ['woocommerce', 'other'];

test('shares some keys among engines; other flat keys mean WooCommerce', () => {
  const shared = {
    global: { imageRegistry: 'r.example/' },
    size: 'medium',
    ingress: { enabled: true },
    quota: { enabled: false },
    networkPolicy: { allowInternet: false },
  };
  const own = { wordpress: { resources: {} }, smtp: { host: 'smtp.example.com' } };
  const values = toPlatformValues({ ...shared, ...own }, IDS);
  expect(values.get('woocommerce')).toEqual({ ...shared, ...own });
  expect(values.get('other')).toEqual(shared);
});

test("lays an engine's values over the shared ones, and keeps them from other engines", () => {
  const values = toPlatformValues(
    {
      size: 'medium',
      ingress: { className: 'nginx', enabled: true },
      engines: { other: { size: 'large', ingress: { className: 'traefik' }, web: { replicas: 1 } } },
    },
    IDS,
  );
  expect(values.get('other')).toEqual({
    size: 'large',
    ingress: { className: 'traefik', enabled: true },
    web: { replicas: 1 },
  });
  expect(values.get('woocommerce')).toEqual({ size: 'medium', ingress: { className: 'nginx', enabled: true } });
});

test("lays WooCommerce's values over the flat ones", () => {
  const file = { cron: { schedule: '@daily', enabled: true }, engines: { woocommerce: { cron: { enabled: false } } } };
  expect(toPlatformValues(file, IDS).get('woocommerce')).toEqual({ cron: { schedule: '@daily', enabled: false } });
});

test.each([
  {
    name: 'an engine that this build lacks',
    engines: { shop: {} },
    message: 'engines.shop: choose one of the engines: woocommerce, other',
  },
  {
    name: 'values of an engine that are no map',
    engines: { other: 'large' },
    message: 'engines.other: must be a map of Helm values',
  },
  { name: 'a list of engines', engines: [], message: 'engines: must be a map from engine to values' },
])('refuses $name', ({ engines, message }) => {
  expect(() => toPlatformValues({ engines }, IDS)).toThrow(`SHOPYARD_STORE_VALUES: ${message}`);
});

test('a null deletes what the layers below it set', () => {
  const [chart, platform, own] = [{ a: { b: 1 }, c: 1 }, { a: { d: 2 } }, { a: null }];
  const merged = layer(platform, own);
  expect(merged).toEqual({ a: null });
  expect(overlay(chart, merged)).toEqual({ c: 1 });
});

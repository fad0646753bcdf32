import { expect, test } from 'vitest';
import { createUpgradeCheck } from './check-upgrade.ts';

const check = createUpgradeCheck({ defaults: { woocommerce: { enabled: true, version: '11.0.1' } } }, {});
const of = (version: string): object => ({ woocommerce: { version } });

test.each([
  { name: 'an older patch than the installed one', from: of('11.0.2'), to: {} },
  { name: 'a patch that is older as a number', from: of('11.0.10'), to: of('11.0.9') },
  { name: 'an older minor version', from: of('11.1'), to: of('11.0.9') },
  { name: "one older than the chart's default", from: {}, to: of('11.0') },
])('rejects $name by field', ({ from, to }) => {
  expect(check({ ...from }, { ...to })).toMatchObject([
    { field: 'values.woocommerce.version', message: expect.stringMatching(/^must be [\d.]+ or newer: /) as string },
  ]);
});

test.each([
  { name: 'no change', from: {}, to: {} },
  { name: "a newer version than the chart's default", from: {}, to: of('11.0.2') },
  { name: 'a newer patch', from: of('11.0.9'), to: of('11.0.10') },
  { name: 'the same version with more parts', from: of('11'), to: of('11.0.0') },
  { name: 'disabling WooCommerce', from: of('12.0'), to: { woocommerce: { enabled: false } } },
  { name: 'enabling WooCommerce', from: { woocommerce: { enabled: false, version: '12.0' } }, to: {} },
])('accepts $name', ({ from, to }) => {
  expect(check({ ...from }, { ...to })).toEqual([]);
});

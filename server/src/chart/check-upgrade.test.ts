import { expect, test } from 'vitest';
import { createUpgradeCheck } from './check-upgrade.ts';

const check = createUpgradeCheck({ defaults: { woocommerce: { enabled: true, version: '11.0.1' } } }, {});
const of = (version: string): object => ({ woocommerce: { version } });

test.each([
  [of('11.0.2'), {}],
  [of('11.0.10'), of('11.0.9')],
  [of('11.1'), of('11.0.9')],
  [{}, of('11.0')],
])('from %j to %j is refused by field', (from, to) => {
  expect(check({ ...from }, { ...to })).toEqual([
    { field: 'values.woocommerce.version', message: expect.stringMatching(/^must be [\d.]+ or newer: /) as string },
  ]);
});

test.each([
  [{}, {}],
  [{}, of('11.0.2')],
  [of('11.0.9'), of('11.0.10')],
  [of('11'), of('11.0.0')],
  [of('12.0'), { woocommerce: { enabled: false } }],
  [{ woocommerce: { enabled: false, version: '12.0' } }, {}],
])('from %j to %j is taken', (from, to) => {
  expect(check({ ...from }, { ...to })).toEqual([]);
});

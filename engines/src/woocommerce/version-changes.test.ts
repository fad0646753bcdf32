import { expect, test } from 'vitest';
import { findDowngrades, findUpgrades } from './version-changes.ts';

const shop = (version: string, more: object = {}): Record<string, unknown> => ({ woocommerce: { version }, ...more });
const image = (section: 'wordpress' | 'mariadb', tag: string, digest = ''): Record<string, unknown> => ({
  [section]: { image: { tag, digest } },
});

interface Case {
  name: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  reported?: Record<string, string>;
}

test.each<Case & { least: string }>([
  { name: 'an older patch of WooCommerce', before: shop('11.0.2'), after: shop('11.0.1'), least: '11.0.2' },
  { name: 'a patch that is older as a number', before: shop('11.0.10'), after: shop('11.0.9'), least: '11.0.10' },
  {
    name: 'a version older than the values say, of a store whose report is not seen yet',
    before: shop('11.0.2'),
    after: shop('11.0.1'),
    reported: { woocommerce_db: '11.0.1' },
    least: '11.0.2',
  },
  {
    name: 'a WooCommerce older than one that was updated in wp-admin',
    before: shop('11.0.1'),
    after: shop('11.0.0'),
    reported: { woocommerce_db: '11.0.3' },
    least: '11.0.3',
  },
  {
    name: 'an older series of WordPress',
    before: image('wordpress', '7.1-php8.3-apache'),
    after: image('wordpress', '6.9.4-apache'),
    least: '7.1',
  },
  {
    name: 'an older series of MariaDB than that of a tag without a version',
    before: image('mariadb', 'lts'),
    after: image('mariadb', '11.4'),
    reported: { mariadb: '11.8.3' },
    least: '11.8',
  },
])('refuses $name', ({ before, after, reported = {}, least }) => {
  expect(findDowngrades({ before, after, reported })).toEqual([
    { path: expect.any(Array) as string[], message: expect.stringMatching(`^must be ${least} or newer: `) as string },
  ]);
});

test.each<Case>([
  { name: 'no change', before: shop('11.0.1'), after: shop('11.0.1') },
  {
    name: 'no change below what was updated in wp-admin',
    before: shop('11.0.1'),
    after: shop('11.0.1'),
    reported: { woocommerce_db: '11.0.3' },
  },
  {
    name: 'a newer version below that',
    before: shop('11.0.1'),
    after: shop('11.0.2'),
    reported: { woocommerce_db: '11.0.3' },
  },
  { name: 'a version with fewer parts', before: shop('11.0.0'), after: shop('11') },
  { name: 'WooCommerce off', before: shop('11.0.1'), after: { woocommerce: { version: '10.0.0', enabled: false } } },
  {
    name: 'another patch of WordPress',
    before: image('wordpress', '7.1.2'),
    after: image('wordpress', '7.1.1-apache'),
  },
  { name: 'a tag without a version', before: image('mariadb', '11.8'), after: image('mariadb', 'lts') },
  {
    name: 'a digest beside an older tag',
    before: image('mariadb', '11.8'),
    after: image('mariadb', '11.4', 'sha256:0'),
  },
])('accepts $name', ({ before, after, reported = {} }) => {
  expect(findDowngrades({ before, after, reported })).toEqual([]);
});

test.each<Case & { upgrades: string[] }>([
  {
    name: 'a newer minor version',
    before: shop('11.0.1'),
    after: shop('11.1'),
    upgrades: ['WooCommerce 11.0.1 → 11.1'],
  },
  { name: 'a newer patch', before: shop('11.0.1'), after: shop('11.0.9'), upgrades: [] },
  { name: 'an older version', before: shop('11.1.0'), after: shop('11.0.9'), upgrades: [] },
  {
    name: 'one that the store already has',
    before: shop('11.0.1'),
    after: shop('11.1.0'),
    reported: { woocommerce_db: '11.1.0' },
    upgrades: [],
  },
  {
    name: 'two images at once',
    before: { ...image('wordpress', '7.1-apache'), ...image('mariadb', '11.8') },
    after: { ...image('wordpress', '7.2-apache'), ...image('mariadb', '12.3-noble') },
    reported: { wordpress: '7.1', mariadb: '11.8.3' },
    upgrades: ['WordPress 7.1 → 7.2', 'MariaDB 11.8.3 → 12.3'],
  },
  {
    name: 'an image that was missing',
    before: image('wordpress', 'none'),
    after: image('wordpress', '7.1'),
    upgrades: [],
  },
])('names what may change the database: $name', ({ before, after, reported = {}, upgrades }) => {
  expect(findUpgrades({ before, after, reported })).toEqual(upgrades);
});

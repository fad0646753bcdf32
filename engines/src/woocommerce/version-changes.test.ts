import { expect, test } from 'vitest';
import { findDatabaseChanges, findDowngrades } from './version-changes.ts';

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

const UNTOLD = 'a version that its image does not tell';

test.each<Case & { changes: string[] }>([
  {
    name: 'a newer minor version',
    before: shop('11.0.1'),
    after: shop('11.1'),
    changes: ['WooCommerce 11.0.1 → 11.1'],
  },
  { name: 'a newer patch', before: shop('11.0.1'), after: shop('11.0.9'), changes: [] },
  { name: 'an older version', before: shop('11.1.0'), after: shop('11.0.9'), changes: [] },
  {
    name: 'one that the store already has',
    before: shop('11.0.1'),
    after: shop('11.1.0'),
    reported: { woocommerce_db: '11.1.0' },
    changes: [],
  },
  {
    name: 'two images at once',
    before: { ...image('wordpress', '7.1-apache'), ...image('mariadb', '11.8') },
    after: { ...image('wordpress', '7.2-apache'), ...image('mariadb', '12.3-noble') },
    reported: { wordpress: '7.1', mariadb: '11.8.3' },
    changes: ['WordPress 7.1 → 7.2', 'certainly: MariaDB 11.8.3 → 12.3'],
  },
  { name: 'other settings', before: { size: 'small' }, after: { size: 'large' }, changes: [] },
  {
    name: 'an image by digest',
    before: image('mariadb', '11.8'),
    after: image('mariadb', '11.8', 'sha256:0'),
    changes: [`MariaDB 11.8 → ${UNTOLD}`],
  },
  {
    name: 'the same image by digest',
    before: image('mariadb', '11.8', 'sha256:0'),
    after: image('mariadb', '11.8', 'sha256:0'),
    changes: [],
  },
  {
    name: 'a tag without a version',
    before: image('mariadb', '11.8'),
    after: image('mariadb', 'lts'),
    changes: [`MariaDB 11.8 → ${UNTOLD}`],
  },
  {
    name: 'back from a tag without a version, where nobody knows what was reached',
    before: image('wordpress', 'none'),
    after: image('wordpress', '7.1'),
    changes: ['WordPress → 7.1'],
  },
  {
    name: 'back from a tag without a version to what the database has',
    before: image('wordpress', 'none'),
    after: image('wordpress', '7.1'),
    reported: { wordpress: '7.1' },
    changes: [],
  },
  {
    name: 'the same version from a mirror',
    before: { wordpress: { image: { repository: 'wordpress', tag: '7.1' } } },
    after: { wordpress: { image: { repository: 'mirror/wordpress', tag: '7.1' } } },
    changes: [],
  },
  { name: 'WooCommerce off', before: shop('11.0.1'), after: { woocommerce: { enabled: false } }, changes: [] },
  {
    name: 'WooCommerce on again',
    before: { woocommerce: { version: '11.0.1', enabled: false } },
    after: shop('11.0.1'),
    changes: ['WooCommerce → 11.0.1'],
  },
])('names what may change the database: $name', ({ before, after, reported = {}, changes }) => {
  const found = findDatabaseChanges({ before, after, reported });
  expect(found.map(({ what, isCertain }) => (isCertain ? `certainly: ${what}` : what))).toEqual(changes);
});

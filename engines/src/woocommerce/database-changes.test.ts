import { expect, test } from 'vitest';
import { changesDatabase } from './database-changes.ts';

const BEFORE = {
  size: 'small',
  wordpress: { image: { repository: 'wordpress', tag: '7.1-php8.3-apache', digest: '' } },
  woocommerce: { enabled: true, version: '11.0.1' },
  mariadb: { image: { repository: 'mariadb', tag: '11.8', digest: '' } },
};

test.each([
  ['the same', {}, 'no'],
  ['another size', { size: 'large' }, 'no'],
  ['another series of MariaDB', { mariadb: { image: { repository: 'mariadb', tag: '12.0', digest: '' } } }, 'yes'],
  ['a patch of MariaDB', { mariadb: { image: { repository: 'mariadb', tag: '11.8.4', digest: '' } } }, 'no'],
  ['a digest', { mariadb: { image: { repository: 'mariadb', tag: '11.8', digest: 'sha256:1' } } }, 'maybe'],
  [
    'a mirror',
    { wordpress: { image: { repository: 'mirror/wordpress', tag: '7.1-php8.3-apache', digest: '' } } },
    'maybe',
  ],
  [
    'another WordPress',
    { wordpress: { image: { repository: 'wordpress', tag: '7.2-php8.3-apache', digest: '' } } },
    'maybe',
  ],
  [
    'a patch of WordPress',
    { wordpress: { image: { repository: 'wordpress', tag: '7.1.2-php8.4-apache', digest: '' } } },
    'no',
  ],
  ['a newer WooCommerce', { woocommerce: { enabled: true, version: '11.1.0' } }, 'maybe'],
  ['a patch of WooCommerce', { woocommerce: { enabled: true, version: '11.0.9' } }, 'no'],
  ['no WooCommerce', { woocommerce: { enabled: false, version: '11.0.1' } }, 'no'],
])('%s', (_what, change, expected) => {
  expect(changesDatabase(BEFORE, { ...BEFORE, ...change })).toBe(expected);
});

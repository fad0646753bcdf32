/** What people set in a WooCommerce store, in their words. Every other value is set as YAML. */
import type { Setting } from '@shopyard/contracts';
import { ADDRESS, group, REGISTRY, resourceRows, type Row, SIZE, tenantGroup } from '../common-settings.ts';

const SHOP: readonly Row[] = [
  ['store.title', 'Shop name', 'Customers see it in the header, in mails and on receipts.'],
  [
    'store.currency',
    'Currency',
    'Three letters, such as EUR. Existing prices keep their amounts and are not converted.',
  ],
  ['store.country', 'Country', 'Where the shop is based, as a code such as DE, or US:CA with a state.'],
];

const IMAGES: readonly Row[] = [
  ['wordpress.image.repository', 'WordPress image', 'The name without the tag, such as wordpress.'],
  ['wordpress.image.tag', 'WordPress version', "The image's tag, such as 7.1-php8.3-apache."],
  ['mariadb.image.repository', 'Database image', 'The name without the tag, such as mariadb.'],
  [
    'mariadb.image.tag',
    'Database version',
    "The image's tag. A newer MariaDB upgrades the data, which can't be undone.",
  ],
  REGISTRY,
];

export const settings: readonly Setting[] = [
  ...tenantGroup('Shop', SHOP),
  ...tenantGroup('Size', SIZE),
  ...group('Address', ADDRESS),
  ...group('Images', IMAGES),
  ...group('Resources', [...resourceRows('wordpress', 'WordPress'), ...resourceRows('mariadb', 'Database')]),
];

/** What people set in a WooCommerce store, in their words. Every other value is set as YAML. */
import type { Setting } from '@shopyard/contracts';

type Row = readonly [field: string, label: string, hint: string];

const SHOP: readonly Row[] = [
  ['store.title', 'Shop name', 'Customers see it in the header, in mails and on receipts.'],
  ['store.currency', 'Currency', 'Three letters, such as EUR. Prices keep their numbers.'],
  ['store.country', 'Country', 'Where the shop is, as a code: DE, or with a state, US:CA.'],
];

const SIZE: readonly Row[] = [
  ['size', 'Size', 'Processor, memory, disk and limits together. Disks grow, and never shrink.'],
];

const ADDRESS: readonly Row[] = [
  ['ingress.host', 'Domain', "The shop's own domain, such as shop.example.com. Its DNS must lead to this cluster."],
  ['ingress.enabled', 'Reachable from outside', "Creates an Ingress, which the cluster's ingress controller serves."],
  ['ingress.tls.enabled', 'HTTPS', 'Needs a certificate: from cert-manager, or in the secret of ingress.tls.'],
];

const IMAGES: readonly Row[] = [
  ['wordpress.image.repository', 'WordPress image', 'Without its tag, such as wordpress.'],
  ['wordpress.image.tag', 'WordPress version', "The image's tag, such as 7.1-php8.3-apache."],
  ['mariadb.image.repository', 'Database image', 'Without its tag, such as mariadb.'],
  ['mariadb.image.tag', 'Database version', "The image's tag. A newer MariaDB changes its data for good."],
  [
    'global.imageRegistry',
    'Registry mirror',
    'In front of every image, with a slash at its end: registry.example.com/',
  ],
];

const RESOURCES: readonly Row[] = (
  [
    ['wordpress', 'WordPress'],
    ['mariadb', 'Database'],
  ] as const
).flatMap(([key, title]): Row[] => [
  [
    `${key}.resources.requests.cpu`,
    `${title}: processor`,
    'Reserved for it, such as 250m or 1. Empty: as the size sets it.',
  ],
  [
    `${key}.resources.requests.memory`,
    `${title}: memory`,
    'Reserved for it, such as 512Mi. Empty: as the size sets it.',
  ],
  [
    `${key}.resources.limits.memory`,
    `${title}: memory limit`,
    'It is stopped beyond that, such as 1Gi. Empty: as the size sets it.',
  ],
]);

function group(name: string, rows: readonly Row[]): Setting[] {
  return rows.map(([field, label, hint]) => ({ path: field.split('.'), label, hint, group: name }));
}

export const settings: readonly Setting[] = [
  ...group('Shop', SHOP),
  ...group('Size', SIZE),
  ...group('Address', ADDRESS),
  ...group('Images', IMAGES),
  ...group('Resources', RESOURCES),
];

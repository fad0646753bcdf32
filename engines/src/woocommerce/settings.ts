/** What people set in a WooCommerce store, in their words. Every other value is set as YAML. */
import type { Setting } from '@shopyard/contracts';

type Row = readonly [field: string, label: string, hint: string];

const SHOP: readonly Row[] = [
  ['store.title', 'Shop name', 'Customers see it in the header, in mails and on receipts.'],
  [
    'store.currency',
    'Currency',
    'Three letters, such as EUR. Existing prices keep their amounts and are not converted.',
  ],
  ['store.country', 'Country', 'Where the shop is based, as a code such as DE, or US:CA with a state.'],
];

const SIZE: readonly Row[] = [
  ['size', 'Size', 'Sets CPU, memory, disk and limits together. Disks can grow but never shrink.'],
];

const ADDRESS: readonly Row[] = [
  ['ingress.host', 'Domain', "The shop's own domain, such as shop.example.com. Its DNS must point to this cluster."],
  ['ingress.enabled', 'Reachable from outside', "Creates an Ingress for the cluster's ingress controller."],
  ['ingress.tls.enabled', 'HTTPS', 'Needs a certificate: from cert-manager, or in the secret that ingress.tls names.'],
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
  [
    'global.imageRegistry',
    'Registry mirror',
    'Goes before every image name and ends with a slash, such as registry.example.com/.',
  ],
];

const RESOURCES: readonly Row[] = (
  [
    ['wordpress', 'WordPress'],
    ['mariadb', 'Database'],
  ] as const
).flatMap(([key, title]): Row[] => [
  [`${key}.resources.requests.cpu`, `${title} CPU`, 'Reserved, such as 250m or 1. If empty, the size decides.'],
  [`${key}.resources.requests.memory`, `${title} memory`, 'Reserved, such as 512Mi. If empty, the size decides.'],
  [
    `${key}.resources.limits.memory`,
    `${title} memory limit`,
    'It is restarted if it uses more, such as 1Gi. If empty, the size decides.',
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

/** What people set in a Medusa store, in their words. Every other value is set as YAML. */
import type { Setting } from '@shopyard/contracts';
import { ADDRESS, group, REGISTRY, resourceRows, type Row, SIZE, tenantGroup } from '../common-settings.ts';

const SHOP: readonly Row[] = [
  ['store.title', 'Shop name', 'Customers see it in the header of every page.'],
  ['store.currency', 'Currency', 'Three letters, such as EUR. Fixed once the store is set up: its prices have it.'],
  ['store.country', 'Country', 'Where the shop sells, as a code such as DE. Fixed once the store is set up.'],
];

const IMAGES: readonly Row[] = [
  ['medusa.image.repository', 'Medusa image', 'The name without the tag, such as shopyard-medusa.'],
  ['medusa.image.tag', 'Medusa version', "The image's tag, such as 2.21.2. A newer Medusa can't be taken back."],
  ['postgres.image.repository', 'Database image', 'The name without the tag, such as postgres.'],
  ['postgres.image.tag', 'Database version', "The image's tag, such as 18. Another major version can't read the data."],
  REGISTRY,
];

export const settings: readonly Setting[] = [
  ...tenantGroup('Shop', SHOP),
  ...tenantGroup('Size', SIZE),
  ...group('Address', ADDRESS),
  ...group('Images', IMAGES),
  ...group('Resources', [...resourceRows('medusa', 'Medusa'), ...resourceRows('postgres', 'Database')]),
];

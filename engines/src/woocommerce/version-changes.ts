/** What other versions of WooCommerce, WordPress and MariaDB mean for a store's database. Pure. */
import { valueAt } from '@shopyard/contracts';
import type { DatabaseChange, Downgrade, VersionChange } from '../engine.ts';
import { findDatabaseChangesOf, findDowngradesOf, hasNoDigest, SERIES, type Software } from '../software.ts';

type Values = Readonly<Record<string, unknown>>;

const always = (): boolean => true;
const isSwitchedOn = (values: Values): boolean => valueAt(values, ['woocommerce', 'enabled']) !== false;

const SOFTWARE: readonly Software[] = [
  {
    title: 'WooCommerce',
    path: ['woocommerce', 'version'],
    source: ['woocommerce', 'version'],
    database: 'woocommerce_db',
    parts: Infinity,
    isUsed: isSwitchedOn,
    isReadable: isSwitchedOn,
    upgradesAtStart: false,
  },
  {
    title: 'WordPress',
    path: ['wordpress', 'image', 'tag'],
    source: ['wordpress', 'image'],
    database: 'wordpress',
    parts: SERIES,
    isUsed: always,
    isReadable: hasNoDigest('wordpress'),
    upgradesAtStart: false,
  },
  {
    title: 'MariaDB',
    path: ['mariadb', 'image', 'tag'],
    source: ['mariadb', 'image'],
    database: 'mariadb',
    parts: SERIES,
    isUsed: always,
    isReadable: hasNoDigest('mariadb'),
    upgradesAtStart: true,
  },
];

export const findDowngrades = (change: VersionChange): Downgrade[] => findDowngradesOf(SOFTWARE, change);

/** MariaDB upgrades its files when a newer series starts, for good. */
export const findDatabaseChanges = (change: VersionChange): DatabaseChange[] => findDatabaseChangesOf(SOFTWARE, change);

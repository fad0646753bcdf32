/** What other versions mean for a database, which is read by the version that it belongs to and by newer ones. Pure. */
import { valueAt } from '@shopyard/contracts';
import type { Downgrade, VersionChange } from '../engine.ts';

type Values = Readonly<Record<string, unknown>>;

interface Software {
  title: string;
  path: readonly string[];
  /** The name under which the setup reports how new the database is. */
  database: string;
  /** Numbers of a version by which databases differ. */
  parts: number;
  /** Whether these values run a version that can be read in them. */
  isReadable: (values: Values) => boolean;
}

/** Major and minor version. */
const SERIES = 2;

const hasNoDigest =
  (section: string) =>
  (values: Values): boolean =>
    !valueAt(values, [section, 'image', 'digest']);

const SOFTWARE: readonly Software[] = [
  {
    title: 'WooCommerce',
    path: ['woocommerce', 'version'],
    database: 'woocommerce_db',
    parts: Infinity,
    isReadable: (values) => valueAt(values, ['woocommerce', 'enabled']) !== false,
  },
  {
    title: 'WordPress',
    path: ['wordpress', 'image', 'tag'],
    database: 'wordpress',
    parts: SERIES,
    isReadable: hasNoDigest('wordpress'),
  },
  {
    title: 'MariaDB',
    path: ['mariadb', 'image', 'tag'],
    database: 'mariadb',
    parts: SERIES,
    isReadable: hasNoDigest('mariadb'),
  },
];

export function findDowngrades(change: VersionChange): Downgrade[] {
  return SOFTWARE.flatMap((software) => {
    const message = refuse(software, change);
    return message === undefined ? [] : [{ path: software.path, message }];
  });
}

/** Software of a newer series, which may change the database. */
export function findUpgrades({ before, after, reported }: VersionChange): string[] {
  return SOFTWARE.flatMap((software) => {
    const has = numbersIn(reported[software.database]) ?? versionIn(software, before);
    const to = versionIn(software, after);
    if (!has || !to || !isOlder(has.slice(0, SERIES), to.slice(0, SERIES))) return [];
    return [`${software.title} ${has.join('.')} → ${to.join('.')}`];
  });
}

function refuse(software: Software, { before, after, reported }: VersionChange): string | undefined {
  const { title, database, parts } = software;
  const [from, to] = [before, after].map((values) => versionIn(software, values));
  const has = newestOf(numbersIn(reported[database]), from);
  const isRaised = from !== undefined && to !== undefined && isOlder(from, to);
  if (has === undefined || to === undefined || isRaised || isSame(from, to)) return undefined;
  const least = has.slice(0, parts);
  if (!isOlder(to.slice(0, parts), least)) return undefined;
  return `must be ${least.join('.')} or newer: the store's database belongs to ${title} ${has.join('.')}, and ${to.join('.')} can't read it`;
}

/** `undefined` if the values don't say it, as with an image by digest. */
function versionIn({ path, isReadable }: Software, values: Values): number[] | undefined {
  return isReadable(values) ? numbersIn(valueAt(values, path)) : undefined;
}

/** Those that a version or tag begins with: 11, 8 and 2 of `11.8.2-noble`. */
function numbersIn(version: unknown): number[] | undefined {
  const text = typeof version === 'string' ? /^\d+(?:\.\d+)*/.exec(version)?.[0] : undefined;
  return text?.split('.').map(Number);
}

function newestOf(one: number[] | undefined, other: number[] | undefined): number[] | undefined {
  return one && other && isOlder(one, other) ? other : (one ?? other);
}

const isSame = (one: readonly number[] | undefined, other: readonly number[]): boolean =>
  one?.join('.') === other.join('.');

/** Missing parts count as 0. */
function isOlder(version: readonly number[], than: readonly number[]): boolean {
  const length = Math.max(version.length, than.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => (version[index] ?? 0) !== (than[index] ?? 0));
  return at !== undefined && (version[at] ?? 0) < (than[at] ?? 0);
}

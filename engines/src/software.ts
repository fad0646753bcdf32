/** What other versions mean for a database, which is read by the version that it belongs to and by newer ones. Pure. */
import { isSameValue, valueAt } from '@shopyard/contracts';
import type { DatabaseChange, Downgrade, VersionChange } from './engine.ts';

type Values = Readonly<Record<string, unknown>>;

/** What of a store's software has a database, or is one. */
export interface Software {
  title: string;
  path: readonly string[];
  /** The name under which the setup reports how new the database is. */
  database: string;
  /** The values that decide what runs. */
  source: readonly string[];
  /** Numbers of a version by which databases differ. */
  parts: number;
  isUsed: (values: Values) => boolean;
  /** Whether the version that these values run can be read in them. */
  isReadable: (values: Values) => boolean;
  /** A newer series changes the database as soon as it starts, whatever is in it. */
  upgradesAtStart: boolean;
}

/** Major and minor version. */
export const SERIES = 2;

/** Whether the tag of a section's image says what runs. */
export const hasNoDigest =
  (section: string) =>
  (values: Values): boolean =>
    !valueAt(values, [section, 'image', 'digest']);

export function findDowngradesOf(all: readonly Software[], change: VersionChange): Downgrade[] {
  return all.flatMap((software) => {
    const message = refuse(software, change);
    return message === undefined ? [] : [{ path: software.path, message }];
  });
}

/**
 * Software that would run on a database of an older series, or of one that is unknown. Some update their tables; whether one
 * does is known only once its code is there.
 */
export function findDatabaseChangesOf(all: readonly Software[], change: VersionChange): DatabaseChange[] {
  return all.flatMap((software) => judge(software, change) ?? []);
}

function judge(
  { title, path, source, database, isUsed, isReadable, upgradesAtStart }: Software,
  { before, after, reported }: VersionChange,
): DatabaseChange | undefined {
  if (!isUsed(after)) return undefined;
  const to = versionIn({ path, isReadable }, after);
  const has = numbersIn(reported[database]) ?? versionIn({ path, isReadable }, before);
  if (has && to)
    return isOlder(has.slice(0, SERIES), to.slice(0, SERIES))
      ? { what: `${title} ${has.join('.')} → ${to.join('.')}`, isCertain: upgradesAtStart }
      : undefined;
  if (isUsed(before) && isSameValue(valueAt(before, source), valueAt(after, source))) return undefined;
  const from = has ? ` ${has.join('.')}` : '';
  return { what: `${title}${from} → ${to?.join('.') ?? 'a version that its image does not tell'}`, isCertain: false };
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
function versionIn({ path, isReadable }: Pick<Software, 'path' | 'isReadable'>, values: Values): number[] | undefined {
  return isReadable(values) ? numbersIn(valueAt(values, path)) : undefined;
}

/** Those that a version or tag begins with: 11, 8 and 2 of `11.8.2-noble`. */
export function numbersIn(version: unknown): number[] | undefined {
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

/** Whether other versions change what is in the database, or how it is kept. Pure. */
import { valueAt } from '@shopyard/contracts';
import type { DatabaseChange } from '../engine.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * MariaDB upgrades its files when a newer series starts, for good. WordPress and WooCommerce update their tables with a new
 * series; whether one does is known only once its code is there.
 */
export function changesDatabase(before: Values, after: Values): DatabaseChange {
  const isOther = (...path: string[]): boolean => valueAt(before, path) !== valueAt(after, path);
  const isOtherSeries = (...path: string[]): boolean =>
    seriesOf(valueAt(before, path)) !== seriesOf(valueAt(after, path));
  const isOff = (values: Values): boolean => valueAt(values, ['woocommerce', 'enabled']) === false;
  if (isOtherSeries('mariadb', 'image', 'tag')) return 'yes';
  const isUnknown = ['mariadb', 'wordpress'].some(
    (section) => isOther(section, 'image', 'digest') || isOther(section, 'image', 'repository'),
  );
  const isNewer =
    isOtherSeries('wordpress', 'image', 'tag') ||
    isOtherSeries('woocommerce', 'version') ||
    (isOff(before) && !isOff(after));
  return isUnknown || isNewer ? 'maybe' : 'no';
}

/** Major and minor version: `11.8` of `11.8.2-noble`. The text itself if it has none. */
function seriesOf(version: unknown): string {
  const text = typeof version === 'string' || typeof version === 'number' ? String(version) : '';
  return /^\d+\.\d+/.exec(text)?.[0] ?? text;
}

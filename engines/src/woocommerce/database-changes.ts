/** Whether other versions change what is in the database, or how it is kept. Pure. */
import type { DatabaseChange } from '../engine.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * MariaDB upgrades its files when a newer series starts, for good. WordPress and WooCommerce update their tables with a new
 * series; whether one does is known only once its code is there.
 */
export function changesDatabase(before: Values, after: Values): DatabaseChange {
  const [old, next] = [before, after].map((values) => ({
    mariadb: imageOf(values, 'mariadb'),
    wordpress: imageOf(values, 'wordpress'),
    woocommerce: sectionOf(values, 'woocommerce'),
  }));
  if (!old || !next) return 'no';
  const isOther = (what: 'mariadb' | 'wordpress', key: string): boolean => old[what][key] !== next[what][key];
  if (seriesOf(old.mariadb['tag']) !== seriesOf(next.mariadb['tag'])) return 'yes';
  const isUnknown = (['mariadb', 'wordpress'] as const).some(
    (what) => isOther(what, 'digest') || isOther(what, 'repository'),
  );
  const isNewer =
    seriesOf(old.wordpress['tag']) !== seriesOf(next.wordpress['tag']) ||
    seriesOf(old.woocommerce['version']) !== seriesOf(next.woocommerce['version']) ||
    (old.woocommerce['enabled'] === false && next.woocommerce['enabled'] !== false);
  return isUnknown || isNewer ? 'maybe' : 'no';
}

/** Major and minor version: `11.8` of `11.8.2-noble`. The text itself if it has none. */
function seriesOf(version: unknown): string {
  const text = typeof version === 'string' || typeof version === 'number' ? String(version) : '';
  return /^\d+\.\d+/.exec(text)?.[0] ?? text;
}

const imageOf = (values: Values, section: string): Values => sectionOf(sectionOf(values, section), 'image');

function sectionOf(values: Values, key: string): Values {
  const section = values[key];
  return typeof section === 'object' && section !== null && !Array.isArray(section) ? { ...section } : {};
}

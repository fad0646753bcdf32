/** Refuses downgrades of an installed store: WooCommerce can't read the database of a newer version. */
import { type FieldIssue, issueAt } from '@shopyard/contracts';
import { overlay } from './check-values.ts';
import { isMap } from './platform-values.ts';
import type { StoreChart } from './read-chart.ts';

type Values = Record<string, unknown>;

/** Issues with changing an installed store's values from `from` to `to`; empty when there are none. */
export type CheckUpgrade = (from: Values, to: Values) => FieldIssue[];

export function createUpgradeCheck({ defaults }: Pick<StoreChart, 'defaults'>, platformValues: Values): CheckUpgrade {
  const base = overlay(defaults, platformValues);
  const versionOf = (values: Values): string | undefined => {
    const { woocommerce } = overlay(base, values);
    if (!isMap(woocommerce) || woocommerce['enabled'] === false) return undefined;
    return typeof woocommerce['version'] === 'string' ? woocommerce['version'] : undefined;
  };
  return (from, to) => {
    const [before, after] = [versionOf(from), versionOf(to)];
    if (before === undefined || after === undefined || !isOlder(after, before)) return [];
    const message = `must be ${before} or newer: the store's database belongs to WooCommerce ${before}, and ${after} can't read it`;
    return [issueAt(['values', 'woocommerce', 'version'], message)];
  };
}

/** Compares dotted version numbers; missing parts count as 0. */
function isOlder(version: string, than: string): boolean {
  const [one, other] = [version.split('.').map(Number), than.split('.').map(Number)];
  const length = Math.max(one.length, other.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => (one[index] ?? 0) !== (other[index] ?? 0));
  return at !== undefined && (one[at] ?? 0) < (other[at] ?? 0);
}

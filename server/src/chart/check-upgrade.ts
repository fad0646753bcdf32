/** Which values a store that was set up can't go back to: no WooCommerce reads the database of a newer one. */
import type { FieldIssue } from '@shopyard/contracts';
import { overlay } from './check-values.ts';
import type { StoreChart } from './read-chart.ts';

type Values = Record<string, unknown>;

/** What is wrong with a store's new values (`to`) where it was set up with others (`from`); empty when nothing is. */
export type CheckUpgrade = (from: Values, to: Values) => FieldIssue[];

export function createUpgradeCheck({ defaults }: Pick<StoreChart, 'defaults'>, platformValues: Values): CheckUpgrade {
  const base = overlay(defaults, platformValues);
  const versionOf = (values: Values): string | undefined => {
    const { enabled, version } = overlay(base, values)['woocommerce'] as { enabled?: boolean; version?: string };
    return enabled === false ? undefined : version;
  };
  return (from, to) => {
    const [before, after] = [versionOf(from), versionOf(to)];
    if (before === undefined || after === undefined || !isOlder(after, before)) return [];
    const message = `must be ${before} or newer: the store's database is that of WooCommerce ${before}, and ${after} can't read it`;
    return [{ field: 'values.woocommerce.version', message }];
  };
}

/** Of numbers with dots between them; a missing one is 0. */
function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const length = Math.max(one.length, other.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => (one[index] ?? 0) !== (other[index] ?? 0));
  return at !== undefined && (one[at] ?? 0) < (other[at] ?? 0);
}

/** Refuses downgrades of an installed store: no software reads the database of a newer version. */
import { type FieldIssue, issueAt } from '@shopyard/contracts';
import type { Engine, VersionChange } from '@shopyard/engines';

type Values = Record<string, unknown>;

/**
 * Issues with changing an installed store's own values from `from` to `to`; empty when there are none. `reported`: the
 * versions of its last complete setup, which count more than those that `from` names.
 */
export type CheckUpgrade = (from: Values, to: Values, reported?: VersionChange['reported']) => FieldIssue[];

export function createUpgradeCheck(
  { downgrades }: Pick<Engine, 'downgrades'>,
  toEffective: (own: Values) => Values,
): CheckUpgrade {
  return (from, to, reported = {}) =>
    downgrades({ before: toEffective(from), after: toEffective(to), reported }).map(({ path, message }) =>
      issueAt(['values', ...path], message),
    );
}

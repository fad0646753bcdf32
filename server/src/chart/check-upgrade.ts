/** Refuses downgrades of an installed store: no software reads the database of a newer version. */
import { type FieldIssue, issueAt } from '@shopyard/contracts';
import type { Engine, VersionChange } from '@shopyard/engines';

/** Issues with a change of an installed store's effective values; empty when there are none. */
export function checkUpgrade({ downgrades }: Pick<Engine, 'downgrades'>, change: VersionChange): FieldIssue[] {
  return downgrades(change).map(({ path, message }) => issueAt(['values', ...path], message));
}

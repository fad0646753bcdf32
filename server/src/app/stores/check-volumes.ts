/** What a store's volumes, once made, can't become. */
import type { FieldIssue, StoreParts } from '@shopyard/contracts';
import { bytesOf } from '../../kube/quantity.ts';

type Values = Record<string, unknown>;
type Storage = { size?: string | null; className?: string | null } | null | undefined;

const CLAIMS = { mariadb: 'data-mariadb-0', wordpress: 'wordpress-content' } as const;

/** What `after`, which fits the chart's schema, asks of volumes that exist and can't have it; empty when nothing. Pure. */
export function checkVolumes(claims: StoreParts['claims'], before: Values, after: Values): FieldIssue[] {
  return (['mariadb', 'wordpress'] as const).flatMap((component) => {
    const claim = claims.find(({ name }) => name === CLAIMS[component]);
    if (!claim) return [];
    const [was, is] = [storageOf(before, component), storageOf(after, component)];
    const field = `values.${component}.storage`;
    const issues: FieldIssue[] = [];
    // A size that stays as it was asks for nothing.
    if (is?.size && is.size !== was?.size && bytesOf(is.size) < bytesOf(claim.capacity))
      issues.push({
        field: `${field}.size`,
        message: `the volume has ${claim.capacity} and can not shrink: ask for as much or more, or leave it out`,
      });
    if ((is?.className ?? '') !== (was?.className ?? ''))
      issues.push({
        field: `${field}.className`,
        message: `the volume exists, and its class can not change: leave it ${was?.className ? `"${was.className}"` : 'out'}`,
      });
    return issues;
  });
}

function storageOf(values: Values, component: string): Storage {
  return (values[component] as { storage?: Storage } | null | undefined)?.storage;
}

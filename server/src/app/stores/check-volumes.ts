/** Rejects changes that existing volumes can't make. */
import type { FieldIssue, StoreParts } from '@shopyard/contracts';
import { bytesOf } from '../../kube/quantity.ts';

type Values = Record<string, unknown>;
type Storage = { size?: string | null; className?: string | null } | null | undefined;

const CLAIMS = { mariadb: 'data-mariadb-0', wordpress: 'wordpress-content' } as const;

/** Issues with changing `before` to `after`, which is valid by the chart's schema, given the existing volumes. Pure. */
export function checkVolumes(claims: StoreParts['claims'], before: Values, after: Values): FieldIssue[] {
  return (['mariadb', 'wordpress'] as const).flatMap((component) => {
    const claim = claims.find(({ name }) => name === CLAIMS[component]);
    if (!claim) return [];
    const [was, is] = [storageOf(before, component), storageOf(after, component)];
    const field = `values.${component}.storage`;
    const issues: FieldIssue[] = [];
    // An unchanged size requests nothing, even if the volume has grown since.
    if (is?.size && is.size !== was?.size && bytesOf(is.size) < bytesOf(claim.capacity))
      issues.push({
        field: `${field}.size`,
        message: `the volume has ${claim.capacity} and can't shrink: request at least that, or leave the size out`,
      });
    if ((is?.className ?? '') !== (was?.className ?? ''))
      issues.push({
        field: `${field}.className`,
        message: `the volume exists, and its class can't change: leave it ${was?.className ? `"${was.className}"` : 'out'}`,
      });
    return issues;
  });
}

function storageOf(values: Values, component: string): Storage {
  return (values[component] as { storage?: Storage } | null | undefined)?.storage;
}

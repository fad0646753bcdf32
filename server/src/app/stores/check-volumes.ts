/** Rejects changes that existing volumes can't make. */
import { type FieldIssue, issueAt, type StoreParts } from '@shopyard/contracts';
import type { Engine } from '@shopyard/engines';
import { bytesOf } from '../../kube/quantity.ts';

type Values = Record<string, unknown>;
type Storage = { size?: string | null; className?: string | null } | null | undefined;

interface Change {
  engine: Engine;
  /** Both are valid by the chart's schema. */
  before: Values;
  after: Values;
}

/** Issues with a change of values, given the existing volumes. Pure. */
export function checkVolumes(claims: StoreParts['claims'], { engine, before, after }: Change): FieldIssue[] {
  return engine.components.flatMap(({ valuesKey, claim: own }) => {
    const claim = claims.find(({ name }) => name === own);
    if (!claim) return [];
    const [was, is] = [storageOf(before, valuesKey), storageOf(after, valuesKey)];
    const path = ['values', valuesKey, 'storage'];
    const issues: FieldIssue[] = [];
    // An unchanged size requests nothing, even if the volume has grown since.
    if (is?.size && is.size !== was?.size && bytesOf(is.size) < bytesOf(claim.capacity))
      issues.push(
        issueAt(
          [...path, 'size'],
          `the volume has ${claim.capacity} and can't shrink: request at least that, or leave the size out`,
        ),
      );
    if ((is?.className ?? '') !== (was?.className ?? ''))
      issues.push(
        issueAt(
          [...path, 'className'],
          `the volume exists, and its class can't change: leave it ${was?.className ? `"${was.className}"` : 'out'}`,
        ),
      );
    return issues;
  });
}

function storageOf(values: Values, section: string): Storage {
  // The chart's schema has checked the values.
  return (values[section] as { storage?: Storage } | null | undefined)?.storage;
}

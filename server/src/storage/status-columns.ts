/** A store's status as columns: the counterpart of parse-store.ts. */
import type { StoreRecord } from '../domain/store.ts';
import type { StoreRow, StoreStatusColumn } from './tables.ts';

type Status = Pick<
  StoreRecord,
  'phase' | 'reason' | 'message' | 'conditions' | 'observedGeneration' | 'verifiedRevision' | 'problem' | 'readyAt'
> &
  Pick<StoreRecord, 'inventory' | 'sighting' | 'attention' | 'attempt'>;

export function toStatusColumns(status: Status): Pick<StoreRow, StoreStatusColumn> {
  return {
    phase: status.phase,
    reason: status.reason ?? null,
    message: status.message ?? null,
    conditions: JSON.stringify(status.conditions),
    observed_generation: status.observedGeneration,
    verified_revision: status.verifiedRevision,
    problem: toJson(status.problem),
    inventory: toJson(status.inventory),
    sighting: toJson(status.sighting),
    attention: JSON.stringify(status.attention),
    attempt: toJson(status.attempt),
    ready_at: status.readyAt ?? null,
  };
}

function toJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

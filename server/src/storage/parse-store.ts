/** The one place that reads a store's row: columns of JSON become values, and null becomes undefined. */
import type { Condition, Phase } from '@shopyard/contracts';
import type { AttemptState } from '../domain/attempt.ts';
import type { AttentionState } from '../domain/attention.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { Problem, Sighting, StoreRecord } from '../domain/store.ts';
import { heldUrlOf, isHeld } from './held-store.ts';
import type { StoreRow } from './tables.ts';

/** `url`: the URL that the platform assigns. */
export function parseStoreRow(row: StoreRow, url: string): StoreRecord {
  return {
    id: row.id,
    name: row.name,
    namespace: row.namespace,
    url: heldUrlOf(row) ?? url,
    engine: row.engine,
    clusterId: row.cluster_id,
    desired: row.desired,
    generation: row.generation,
    values: JSON.parse(row.store_values) as Record<string, unknown>,
    phase: row.phase as Phase,
    reason: row.reason ?? undefined,
    message: row.message ?? undefined,
    conditions: JSON.parse(row.conditions) as Condition[],
    observedGeneration: row.observed_generation,
    verifiedRevision: row.verified_revision,
    problem: row.problem === null ? undefined : (JSON.parse(row.problem) as Problem),
    createdBy: row.created_by,
    createdAt: row.created_at,
    readyAt: row.ready_at ?? undefined,
    inventory: row.inventory === null ? undefined : (JSON.parse(row.inventory) as Inventory),
    sighting: row.sighting === null ? undefined : (JSON.parse(row.sighting) as Sighting),
    attention: attentionIn(row),
    attempt: row.attempt === null ? undefined : (JSON.parse(row.attempt) as AttemptState),
    forced: row.forced === 1,
    held: isHeld(row),
  };
}

/** The last recorded attention; a store without one is in progress, or Ready. */
function attentionIn({ attention, created_at: createdAt, ready_at: readyAt }: StoreRow): AttentionState {
  if (attention !== null) return JSON.parse(attention) as AttentionState;
  return readyAt === null ? { level: 'working', since: createdAt } : { level: 'ok', since: readyAt };
}

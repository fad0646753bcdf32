/** The one place that reads a store's row: columns of JSON become values, and null becomes undefined. */
import { type Condition, isReason, parseProfile, type Phase, parsePin } from '@shopyard/contracts';
import type { AttemptState } from '../../domain/attempt.ts';
import type { AttentionState } from '../../domain/attention.ts';
import type { Inventory } from '../../domain/inventory.ts';
import type { Restarts } from '../../domain/restarts.ts';
import type { Problem, Sighting, StoreRecord } from '../../domain/store.ts';
import type { Versions } from '../../domain/versions.ts';
import type { UrlOf } from '../storage.ts';
import type { OpenOperations } from './operations.ts';
import type { StoreRow } from './tables.ts';

/** `open`: its operations that are not over. */
export function parseStore(row: StoreRow, open: OpenOperations, urlOf: UrlOf): StoreRecord {
  const { name, engine, held_url: heldUrl } = row;
  const values = parseJson<StoreRecord['values']>(row.store_values) ?? {};
  // An adopted store is left as its former installation made it, until its spec gets another generation here.
  const held = row.held_generation === row.generation;
  return {
    id: row.id,
    name,
    namespace: row.namespace,
    get url() {
      return (held ? heldUrl : null) ?? urlOf({ name, engine, values });
    },
    engine,
    clusterId: row.cluster_id,
    desired: row.desired,
    generation: row.generation,
    values,
    profile: parseProfile(row.profile),
    chart: parsePin(row.chart ?? undefined),
    phase: row.phase as Phase,
    // An older version may have recorded one that this version doesn't know.
    reason: row.reason !== null && isReason(row.reason) ? row.reason : undefined,
    message: row.message ?? undefined,
    conditions: parseJson<Condition[]>(row.conditions) ?? [],
    observedGeneration: row.observed_generation,
    verifiedRevision: row.verified_revision,
    problem: parseJson<Problem>(row.problem),
    createdBy: row.created_by,
    createdAt: row.created_at,
    readyAt: row.ready_at ?? undefined,
    inventory: parseJson<Inventory>(row.inventory),
    sighting: parseJson<Sighting>(row.sighting),
    attention: parseJson<AttentionState>(row.attention) ?? firstAttention(row),
    attempt: parseJson<AttemptState>(row.attempt),
    restarts: parseJson<Restarts>(row.restarts) ?? {},
    restarted: parseJson<Restarts>(row.restarted) ?? {},
    versions: parseJson<Versions>(row.versions),
    resumedAt: row.resumed_at ?? undefined,
    forced: row.forced === 1,
    held,
    ...open,
  };
}

/** A store without a recorded attention is in progress, or Ready. */
function firstAttention({ created_at: createdAt, ready_at: readyAt }: StoreRow): AttentionState {
  return readyAt === null ? { level: 'working', since: createdAt } : { level: 'ok', since: readyAt };
}

/** This folder wrote it, so it has this form. */
function parseJson<T>(text: string | null): T | undefined {
  return text === null ? undefined : (JSON.parse(text) as T);
}

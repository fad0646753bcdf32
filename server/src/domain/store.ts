/** The reconciler's view of a store: its parsed row, with state kept between runs. */
import type { Condition, Phase } from '@shopyard/contracts';
import { heldUrlOf, isHeld } from '../storage/held-store.ts';
import type { StoreRow } from '../storage/tables.ts';
import type { AttemptState } from './attempt.ts';
import type { AttentionState } from './attention.ts';
import type { Inventory } from './drift.ts';

/** An unresolved failure. */
export interface Problem {
  reason: string;
  message: string;
  /** Automatic retries can't help; only a new generation, a manual retry or a deletion can. */
  terminal: boolean;
  generation: number;
  /** ISO 8601 time of the next automatic retry. */
  retryAt?: string;
  /** Consecutive failures. */
  tries?: number;
}

/** Result of the last storefront check. */
export interface Sighting {
  /** CamelCase: `Orderable`, or the reason why the shop sells nothing. */
  reason: string;
  /** One sentence. */
  message: string;
  /** ISO 8601. */
  at?: string;
  /** Consecutive failures of a shop that has worked. */
  failures?: number;
}

export interface StoreState {
  id: string;
  name: string;
  namespace: string;
  /** Its URL; domain and port may differ from those at installation. */
  url: string;
  engine: string;
  desired: 'present' | 'absent';
  generation: number;
  values: Record<string, unknown>;
  phase: Phase;
  conditions: Condition[];
  verifiedRevision: number;
  problem: Problem | undefined;
  createdBy: string;
  createdAt: string;
  readyAt: string | undefined;
  /** Its objects when it last worked. */
  inventory: Inventory | undefined;
  /** Absent in a new store whose shop does not exist yet. */
  sighting: Sighting | undefined;
  attention: AttentionState;
  attempt: AttemptState | undefined;
  /** Deletion may remove finalizers from its objects. */
  forced: boolean;
  /** Adopted and unchanged since: only observed, and left as the former installation left it. */
  held: boolean;
}

/** The values passed to helm: the store's own, overridden by its fixed identity. */
export function helmValuesOf({
  id,
  name,
  url,
  values,
}: Pick<StoreState, 'id' | 'name' | 'url' | 'values'>): Record<string, unknown> {
  const given = values['store'];
  const own = typeof given === 'object' && given !== null ? given : {};
  return { ...values, store: { ...own, id, name, url } };
}

/** `url`: the URL that the platform assigns. */
export function stateOf(row: StoreRow, url: string): StoreState {
  return {
    id: row.id,
    name: row.name,
    namespace: row.namespace,
    url: heldUrlOf(row) ?? url,
    engine: row.engine,
    desired: row.desired,
    generation: row.generation,
    values: JSON.parse(row.store_values) as Record<string, unknown>,
    phase: row.phase as Phase,
    conditions: JSON.parse(row.conditions) as Condition[],
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
export function attentionIn({ attention, created_at: createdAt, ready_at: readyAt }: StoreRow): AttentionState {
  if (attention !== null) return JSON.parse(attention) as AttentionState;
  return readyAt === null ? { level: 'working', since: createdAt } : { level: 'ok', since: readyAt };
}

/** The operations of stores: one that runs, one that waits, and those that are over. */
import { newId } from '../../kit/new-id.ts';
import type { OperationKind, OperationStep } from '@shopyard/contracts';
import {
  firstStep,
  isOperationStep,
  type OperationProgress,
  parseWaiting,
  type RunningOperation,
  type WaitingChange,
  waitsForResume,
} from '../../domain/operations.ts';
import { sql } from 'kysely';
import type { KeptOperation } from '../storage.ts';
import type { Database, OperationRow, StoreRow } from './tables.ts';

const MOST = 100;

export interface OpenOperations {
  running: RunningOperation | undefined;
  waiting: WaitingChange | undefined;
}

export const NONE_OPEN: OpenOperations = { running: undefined, waiting: undefined };

type Store = Pick<StoreRow, 'id' | 'generation'>;

export const newOperationId = (): string => newId('op');

export async function openOperations(db: Database, id: string): Promise<OpenOperations> {
  const query = db.selectFrom('operations').selectAll().where('store_id', '=', id);
  return toOpen(await query.where('ended_at', 'is', null).execute());
}

/** By store. */
export async function allOpenOperations(db: Database): Promise<Map<string, OpenOperations>> {
  const query = db.selectFrom('operations').selectAll().where('ended_at', 'is', null);
  const byStore = Map.groupBy(await query.execute(), ({ store_id: id }) => id);
  return new Map([...byStore].map(([id, rows]) => [id, toOpen(rows)]));
}

/** Newest first. */
export async function listOperations(db: Database, id: string): Promise<KeptOperation[]> {
  const query = db.selectFrom('operations').selectAll().where('store_id', '=', id);
  const rows = await query
    .orderBy(sql`rowid`, 'desc')
    .limit(MOST)
    .execute();
  return rows.map(parseKept);
}

export async function listWaiting(db: Database): Promise<{ storeId: string; change: WaitingChange }[]> {
  const open = db.selectFrom('operations').select(['store_id', 'input']).where('ended_at', 'is', null);
  const rows = await open.where('state', '=', 'waiting').orderBy('accepted_at').execute();
  return rows.flatMap(({ store_id: storeId, input }) => {
    const change = parseWaiting(input ?? undefined);
    return change ? [{ storeId, change }] : [];
  });
}

interface Asked {
  kind: OperationKind;
  actor: string;
  /** ISO 8601. */
  at: string;
  reason?: string | undefined;
}

/** Takes over from the one that runs. */
export async function beginOperation(db: Database, store: Store, { kind, actor, at, reason }: Asked): Promise<void> {
  const id = newOperationId();
  await supersede(db, store, { id, at });
  const times = { accepted_at: at, started_at: at };
  const row = { id, store_id: store.id, generation: store.generation, kind, actor, reason, ...times };
  await db
    .insertInto('operations')
    .values({ ...row, step: firstStep(kind), state: 'running' })
    .execute();
}

export async function keepWaiting(db: Database, { id, generation }: Store, change: WaitingChange): Promise<void> {
  const { kind, actor, reason, at } = change;
  const row = { id: change.id, store_id: id, generation, kind, actor, reason, accepted_at: at };
  await db
    .insertInto('operations')
    .values({ ...row, state: 'waiting', ...waitColumns(change) })
    .execute();
}

function waitColumns(change: WaitingChange) {
  const step: OperationStep = waitsForResume(change) ? 'Resume' : 'Window';
  return { step, input: JSON.stringify(change), not_before: change.notBefore ?? null };
}

/** `store`: with the generation that the change starts. */
export async function startWaiting(db: Database, store: Store, at: string): Promise<void> {
  const { waiting } = await openOperations(db, store.id);
  if (!waiting) return;
  await supersede(db, store, { id: waiting.id, at });
  const running = { state: 'running', step: firstStep(waiting.kind), started_at: at, input: null } as const;
  await db
    .updateTable('operations')
    .set({ ...running, generation: store.generation })
    .where('id', '=', waiting.id)
    .execute();
}

export async function postpone(db: Database, { id }: Store, change: WaitingChange): Promise<void> {
  await openOf(db, id, 'waiting').set(waitColumns(change)).execute();
}

/** Of the change that waits: cancelled, unless there is an error. */
export async function endWaiting(
  db: Database,
  { id }: Store,
  { at, error }: { at: string; error: string | undefined },
): Promise<void> {
  const over = error === undefined ? { state: 'cancelled' as const } : { state: 'failed' as const, error };
  await openOf(db, id, 'waiting')
    .set({ ...over, input: null, ended_at: at })
    .execute();
}

/** Whatever runs or waits. */
export async function cancelOperations(db: Database, id: string, at: string): Promise<void> {
  const over = { state: 'cancelled', input: null, ended_at: at } as const;
  for (const state of ['running', 'waiting'] as const) await openOf(db, id, state).set(over).execute();
}

interface Advance {
  /** The store's. */
  id: string;
  progress: OperationProgress;
  at: string;
}

export async function advanceOperation(
  db: Database,
  { id, progress, at }: Advance,
): Promise<RunningOperation | undefined> {
  const over = progress.state === 'running' ? {} : { error: progress.error ?? null, ended_at: at };
  await openOf(db, id, 'running')
    .set({ step: progress.step, state: progress.state, ...over })
    .execute();
  return (await openOperations(db, id)).running;
}

async function supersede(db: Database, store: Store, { id, at }: { id: string; at: string }): Promise<void> {
  await openOf(db, store.id, 'running')
    .set({ state: 'cancelled', ended_at: at, error: `${id} took its place` })
    .execute();
}

const openOf = (db: Database, id: string, state: 'running' | 'waiting') =>
  db.updateTable('operations').where('store_id', '=', id).where('ended_at', 'is', null).where('state', '=', state);

function toOpen(rows: readonly OperationRow[]): OpenOperations {
  const row = rows.find(({ state }) => state === 'running');
  const kept = rows.find(({ state }) => state === 'waiting')?.input;
  return { running: row && parseRunning(row), waiting: parseWaiting(kept ?? undefined) };
}

function parseRunning({ id, kind, generation, step, actor, reason, ...times }: OperationRow): RunningOperation {
  return {
    id,
    kind,
    generation,
    // A later version may know more of them.
    step: isOperationStep(step) ? step : firstStep(kind),
    actor,
    ...(reason === null ? {} : { reason }),
    at: times.accepted_at,
    startedAt: times.started_at ?? times.accepted_at,
  };
}

/** Without the columns that are empty. */
function parseKept(row: OperationRow): KeptOperation {
  const { id, kind, state, generation, step, actor, reason, error } = row;
  return {
    id,
    kind,
    state,
    generation,
    step,
    actor,
    ...(reason === null ? {} : { reason }),
    ...(error === null ? {} : { error }),
    acceptedAt: row.accepted_at,
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  };
}

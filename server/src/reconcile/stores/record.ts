/** Writes the reconciler's findings: status and history in one short transaction, then publishes them. */
import type { Store } from '@shopyard/contracts';
import { type Engines, requireEngine } from '@shopyard/engines';
import { diagnose } from '../../domain/diagnose/diagnose.ts';
import type { StoreObservation } from '../../domain/observation.ts';
import { crashPoint } from '../../kit/crash-points.ts';
import type { Database } from '../../storage/database.ts';
import { toStore } from '../../domain/present-store.ts';
import { parseStoreRow } from '../../storage/parse-store.ts';
import { updateStatus } from '../../storage/store-changes.repository.ts';
import type { Entry, StoreRow, StoreStatusColumn } from '../../storage/tables.ts';
import { transact } from '../../storage/transaction.ts';
import { driftOf } from '../../domain/drift.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { attentionChange, type Progressed, progressOf } from '../../domain/progress.ts';
import { statusOf, type StoreStatus } from '../../domain/conditions.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { StepBudgets } from '../../domain/budgets.ts';
import type { Problem, Sighting, StoreRecord } from '../../domain/store.ts';

/** State changed by an action that can't be observed. */
export interface StatusPatch {
  problem?: Problem | undefined;
  verifiedRevision?: number;
  inventory?: Inventory;
  sighting?: Sighting;
}

export interface StatusWriterOptions {
  db: Database;
  viewOf: (store: { id: string; namespace: string; engine: string }) => StoreObservation;
  publish: (store: Store, id: string) => void;
  urlOf: (row: StoreRow) => string;
  /** Where they differ from the engine's. */
  budgets: Partial<StepBudgets>;
  engines: Engines;
  now: () => Date;
}

export interface StatusWriter {
  /** Updates a store's status. Returns the updated row, or `undefined` if it was deleted. */
  write(row: StoreRow, change?: { patch?: StatusPatch; busy?: boolean; done?: string }): Promise<StoreRow | undefined>;
}

export function createStatusWriter({
  db,
  viewOf,
  urlOf,
  publish,
  engines,
  budgets,
  now,
}: StatusWriterOptions): StatusWriter {
  return {
    async write(row, { patch = {}, busy = false, done } = {}) {
      const at = now().toISOString();
      const before = parseStoreRow(row, urlOf(row));
      const store: StoreRecord = { ...before, ...patch };
      const view = viewOf(row);
      const engine = requireEngine(engines, store);
      const limits = { ...engine.budgets, ...budgets };
      const drift = store.held ? undefined : driftOf(store, view, { engine, now: Date.parse(at) });
      const evidence: Evidence = {
        store,
        engine,
        view,
        diagnosis: diagnose(view, engine),
        drift,
        budgets: limits,
        busy,
        now: at,
      };
      const status = statusOf(evidence);
      const progress = progressOf(evidence, status);
      const update = columnsOf(row, { store, status, progress, at, installed: view.release?.generation });
      const entries = historyOf(before, { status, progress }, { at, done });
      const changed = Object.entries(update).some(([column, value]) => row[column as keyof StoreRow] !== value);
      const news = changed || entries.length > 0;
      const written = news
        ? await transact(db, (transaction) => updateStatus(transaction, { id: row.id, status: update }, entries))
        : row;
      if (news) crashPoint('status-written');
      if (written) publish(toStore(parseStoreRow(written, urlOf(written)), view, engine), row.id);
      if (news) crashPoint('event-published');
      return written;
    },
  };
}

interface Found {
  store: StoreRecord;
  status: StoreStatus;
  progress: Progressed;
  at: string;
  /** Generation of the deployed release. */
  installed: number | undefined;
}

function columnsOf(
  row: StoreRow,
  { store, status, progress, at, installed }: Found,
): Pick<StoreRow, StoreStatusColumn> {
  return {
    phase: status.phase,
    reason: status.reason ?? null,
    message: status.message ?? null,
    conditions: JSON.stringify(status.conditions),
    observed_generation: installed ?? row.observed_generation,
    verified_revision: store.verifiedRevision,
    problem: store.problem ? JSON.stringify(store.problem) : null,
    inventory: store.inventory ? JSON.stringify(store.inventory) : null,
    sighting: store.sighting ? JSON.stringify(store.sighting) : null,
    attention: JSON.stringify(progress.attention),
    attempt: JSON.stringify(progress.attempt),
    ready_at: row.ready_at ?? (status.phase === 'Ready' ? at : null),
  };
}

function historyOf(
  before: StoreRecord,
  { status, progress }: Pick<Found, 'status' | 'progress'>,
  { at, done }: { at: string; done: string | undefined },
): Entry[] {
  const entry = { at, actor: 'reconciler' };
  const met = status.conditions.filter(
    ({ type, status: holds }) =>
      holds === 'True' && before.conditions.find((condition) => condition.type === type)?.status !== 'True',
  );
  const level = attentionChange(before.attention, progress.attention);
  const { message, reason } = { message: status.message ?? '', reason: status.reason ?? null };
  return [
    ...(done === undefined
      ? []
      : [{ ...entry, kind: 'action' as const, what: done.split(' ')[0] ?? '', message: done }]),
    ...met.map(({ type, reason }) => ({ ...entry, kind: 'condition' as const, what: type, message: reason })),
    ...(status.phase === before.phase
      ? []
      : [
          {
            ...entry,
            kind: 'phase' as const,
            what: status.phase,
            message: message || (reason ?? ''),
            reason,
          },
        ]),
    ...(level === undefined ? [] : [{ ...entry, kind: 'attention' as const, what: level, message, reason }]),
  ];
}

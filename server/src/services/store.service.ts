/**
 * 1 CALL: what callers may ask of stores. Writes desired state and history, and wakes the reconciler; never
 * calls helm or the cluster. Reads come from the board, so a call and a subscription tell the same.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Caller,
  type CreateStore,
  namespaceOfStore,
  ShopyardError,
  type Store,
  type Mail,
  type StoreParts,
  type StoreService,
} from '@shopyard/contracts';
import { redact } from '../cluster/diagnose/redact.ts';
import type { Inspection } from '../cluster/inspect.ts';
import type { Helm } from '../helm/helm.ts';
import type { CheckValues } from '../store-chart/check-values.ts';
import type { OnEffect } from '../effects.ts';
import type { EventHub } from '../events/event-hub.ts';
import type { StoreBoard } from '../events/store-board.ts';
import type { Database } from '../store-state/database.ts';
import { ADOPTED } from '../store-state/held-store.ts';
import { findKey, insertKey } from '../store-state/idempotency.repository.ts';
import { appendEvents, listEvents } from '../store-state/store-event.repository.ts';
import {
  findStore,
  findStoreByName,
  insertStore,
  markAbsent,
  markForced,
  replaceValues,
  startAnew,
} from '../store-state/store.repository.ts';
import type { StoreRow } from '../store-state/tables.ts';
import { followLogs } from './follow-logs.ts';
import { pageOf } from './page-of.ts';
import { redactYaml } from './redact-release.ts';
import { refuseUnreadable } from './unreadable.ts';
import { watchStore, watchStores } from './watch-stores.ts';

const RECOVERY_SECONDS = 10;
const INSPECT_MS = 15_000;

export interface StoreServiceOptions {
  db: Database;
  hub: EventHub;
  board: StoreBoard;
  /** What a store consists of, from the watch. */
  partsOf: (store: Store) => StoreParts;
  inspection: Inspection;
  /** Values and manifest of a store's release. */
  describe: Helm['describe'];
  checkValues: CheckValues;
  mailsOf: (store: Store) => Promise<Mail[]>;
  toStore: (row: StoreRow) => Store;
  /** The administrator's login, from the cluster. */
  loginOf: (namespace: string) => Promise<{ username: string; password: string } | undefined>;
  reconciler: { add(id: string): void; interrupt(id: string): void };
  /** Resolves when the database knows every store of the cluster. */
  recovered: () => Promise<void>;
  onEffect: OnEffect;
  now: () => Date;
}

/** All but what store-feeds.ts pushes. */
export type StoreReadsAndCalls = Omit<StoreService, 'watchEvents' | 'watchMails' | 'watchRelease'>;

export function createStoreService(options: StoreServiceOptions): StoreReadsAndCalls {
  const {
    db,
    hub,
    board,
    partsOf,
    inspection,
    describe,
    checkValues,
    mailsOf,
    toStore,
    loginOf,
    reconciler,
    recovered,
    onEffect,
    now,
  } = options;

  const publish = (row: StoreRow): Store => {
    onEffect('row-written');
    const store = toStore(row);
    board.set(store);
    return store;
  };
  const existing = (id: string): Store => {
    const store = board.get(id);
    if (!store) throw new ShopyardError('not_found', `there is no store with the id "${id.slice(0, 80)}"`);
    return store;
  };
  const called = (id: string, caller: Caller, what: string): Promise<void> =>
    appendEvents(db, [{ store_id: id, at: now().toISOString(), kind: 'call', actor: caller.name, what, message: '' }]);

  const refuseBad = (values: Record<string, unknown>): void => {
    const issues = checkValues(values);
    const [first] = issues;
    if (first) throw new ShopyardError('validation_failed', `${first.field}: ${first.message}`, issues);
  };

  return {
    async create(input, caller) {
      refuseBad(input.values);
      await withinSeconds(recovered(), RECOVERY_SECONDS);
      const { row, created } = await insertOnce(db, input, { caller, now: now() });
      if (!created) return board.get(row.id) ?? toStore(row);
      const store = publish(row);
      reconciler.add(row.id);
      return store;
    },

    list: (page) => Promise.resolve(pageOf(board.list(), page)),

    get: (id) => Promise.resolve().then(() => existing(id)),

    async remove(id, caller) {
      const before = existing(id);
      const row = await markAbsent(db, id);
      if (!row) return before;
      if (before.phase !== 'Deleting') await called(id, caller, 'delete');
      const store = publish(row);
      reconciler.interrupt(id);
      return store;
    },

    async forceRemove({ id, confirm }, caller) {
      const { name } = existing(id);
      if (confirm !== name) {
        const message = `type the store's name, "${name}", to take the finalizers off its objects`;
        throw new ShopyardError('validation_failed', `confirm: ${message}`, [{ field: 'confirm', message }]);
      }
      const row = await markForced(db, id);
      if (!row) throw new ShopyardError('not_deleting', 'delete the store first; force is for one that does not go');
      await called(id, caller, 'force-remove');
      reconciler.interrupt(id);
      return publish(row);
    },

    async update({ id, values }, caller) {
      existing(id);
      refuseBad(values);
      const row = await replaceValues(db, id, JSON.stringify(values));
      if (!row) throw new ShopyardError('being_deleted', 'the store is being deleted');
      await called(id, caller, 'update');
      const store = publish(row);
      reconciler.interrupt(id);
      return store;
    },

    async retry(id, caller) {
      const before = existing(id);
      if (before.phase === 'Ready' && before.reason !== ADOPTED) return before;
      const row = before.phase === 'Deleting' ? await markAbsent(db, id) : await startAnew(db, id);
      if (!row) return before;
      await called(id, caller, 'retry');
      reconciler.interrupt(id);
      return publish(row);
    },

    async credentials(id, caller) {
      const { namespace, url } = existing(id);
      const login = await loginOf(namespace).catch(() => undefined);
      if (!login)
        throw new ShopyardError(
          'unavailable',
          'there is no login yet, or the cluster does not answer: try again when the store is Ready',
        );
      await called(id, caller, 'credentials');
      board.touch(id);
      return { adminUrl: `${url}/wp-admin/`, ...login };
    },

    async timeline(id) {
      existing(id);
      return listEvents(db, id);
    },

    async events(id) {
      const { namespace } = existing(id);
      return inspection.events(namespace, AbortSignal.timeout(INSPECT_MS)).catch(refuseUnreadable);
    },

    mails: async (id) => mailsOf(existing(id)),

    async release(id) {
      const { name, namespace } = existing(id);
      const { values, manifest } = await describe({ name, namespace }, AbortSignal.timeout(INSPECT_MS)).catch(
        refuseUnreadable,
      );
      return { values: redactYaml(values), manifest: redactYaml(manifest) };
    },

    async *logs(input, watch) {
      const { namespace } = existing(input.id);
      try {
        yield* followLogs(
          { namespace, input, read: (request, signal) => inspection.logs(request, signal), redact },
          watch,
        );
      } catch (error) {
        if (!watch.signal.aborted) refuseUnreadable(error);
      }
    },

    watch: (watch) => watchStores({ hub, board }, watch),

    watchOne(id, watch) {
      existing(id);
      return watchStore({ board, hub, id, partsOf, timelineOf: () => listEvents(db, id), now }, watch);
    },
  };
}

/** A name may be taken by a store that a lost database does not know yet. */
async function withinSeconds(promise: Promise<void>, seconds: number): Promise<void> {
  const late = new AbortController();
  const refuse = sleep(seconds * 1000, undefined, { signal: late.signal }).then(() => {
    throw new ShopyardError(
      'unavailable',
      'the cluster does not answer, and the database does not know which stores it has: try again in a minute',
    );
  });
  try {
    await Promise.race([promise, refuse]);
  } finally {
    refuse.catch(() => undefined);
    late.abort();
  }
}

/** The new store's row, or that of the first create under the same key. */
function insertOnce(
  db: Database,
  input: CreateStore,
  { caller, now }: { caller: Caller; now: Date },
): Promise<{ row: StoreRow; created: boolean }> {
  const request = JSON.stringify(input);
  const at = now.toISOString();
  const { idempotencyKey: key } = caller;
  return db.transaction().execute(async (transaction) => {
    const known = key === undefined ? undefined : await findKey(transaction, { caller: caller.name, key }, now);
    if (known) {
      if (known.request !== request) {
        throw new ShopyardError(
          'idempotency_mismatch',
          'this Idempotency-Key was used for another request: use a new one',
        );
      }
      const row = await findStore(transaction, known.store_id);
      if (row) return { row, created: false };
    }
    const taken = await findStoreByName(transaction, input.name);
    if (taken) {
      const remedy =
        taken.desired === 'absent' ? 'it is being deleted: try again when it is gone' : 'choose another name';
      throw new ShopyardError('name_taken', `a store named "${input.name}" exists: ${remedy}`, [
        { field: 'name', message: remedy },
      ]);
    }
    const row = await insertStore(transaction, {
      id: `st_${randomBytes(8).toString('hex')}`,
      name: input.name,
      namespace: namespaceOfStore(input.name),
      engine: input.engine,
      store_values: JSON.stringify(input.values),
      generation: 1,
      desired: 'present',
      created_at: at,
      created_by: caller.name,
      phase: 'Queued',
      conditions: '[]',
      observed_generation: 0,
      verified_revision: 0,
    });
    if (key !== undefined)
      await insertKey(transaction, { caller: caller.name, key, request, store_id: row.id, created_at: at });
    await appendEvents(transaction, [
      { store_id: row.id, at, kind: 'call', actor: caller.name, what: 'create', message: '' },
      { store_id: row.id, at, kind: 'phase', actor: caller.name, what: 'Queued', message: '' },
    ]);
    return { row, created: true };
  });
}

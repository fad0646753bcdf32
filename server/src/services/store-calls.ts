/** 1 CALL: what callers may ask for. Writes desired state and history, and wakes the reconciler; never calls helm. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Caller, ShopyardError, type Store, type StoreService } from '@shopyard/contracts';
import type { OnEffect } from '../effects.ts';
import type { StoreBoard } from '../events/store-board.ts';
import type { CheckValues } from '../store-chart/check-values.ts';
import type { Database } from '../store-state/database.ts';
import { ADOPTED } from '../store-state/held-store.ts';
import { appendEvents } from '../store-state/store-event.repository.ts';
import { markAbsent, markForced, replaceValues, startAnew } from '../store-state/store.repository.ts';
import type { StoreRow } from '../store-state/tables.ts';
import { createStore } from './create-store.ts';
import { requireStore } from './require-store.ts';

const RECOVERY_SECONDS = 10;

export interface StoreCallsOptions {
  db: Database;
  board: StoreBoard;
  checkValues: CheckValues;
  toStore: (row: StoreRow) => Store;
  /** The administrator's login, from the cluster. */
  loginOf: (namespace: string) => Promise<{ username: string; password: string } | undefined>;
  reconciler: { add(id: string): void; interrupt(id: string): void };
  /** Resolves when the database knows every store of the cluster. */
  recovered: () => Promise<void>;
  onEffect: OnEffect;
  now: () => Date;
}

export type StoreCalls = Pick<StoreService, 'create' | 'remove' | 'forceRemove' | 'update' | 'retry' | 'credentials'>;

export function createStoreCalls(options: StoreCallsOptions): StoreCalls {
  const { db, board, checkValues, toStore, loginOf, reconciler, recovered, onEffect, now } = options;
  const existing = (id: string): Store => requireStore(board, id);

  const publish = (row: StoreRow): Store => {
    onEffect('row-written');
    const store = toStore(row);
    board.set(store);
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
      const { row, created } = await createStore(db, input, { caller, now: now() });
      if (!created) return board.get(row.id) ?? toStore(row);
      const store = publish(row);
      reconciler.add(row.id);
      return store;
    },

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

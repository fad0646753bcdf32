/** 1 CALL: the mutations. Writes desired state and history and wakes the reconciler; never calls helm. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditedAction, type Caller, CAPABILITIES, isIdle, ShopyardError, type Store } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { requireEngine } from '@shopyard/engines';
import { crashPoint } from '../../kit/crash-points.ts';
import {
  requestDeletion,
  forceFinalizers,
  replaceValues,
  retryRemoval,
  requestRetry,
} from '../../storage/store-changes.repository.ts';
import { appendEntries } from '../../storage/history.repository.ts';
import type { Entry, StoreRow } from '../../storage/tables.ts';
import { transact } from '../../storage/transaction.ts';
import { assertAllowed } from '../assert-allowed.ts';
import { assertEngine } from './assert-engine.ts';
import { createStore } from './create-store.ts';
import { type AddressChecks, refuseAddress } from './refuse-address.ts';
import { refuseValues, type ValueChecks } from './refuse-values.ts';
import { requireStore } from './require-store.ts';

const RECOVERY_SECONDS = 10;

export interface StoreCallsOptions extends ValueChecks, AddressChecks {
  toStore: (row: StoreRow) => Store;
  /** The administrator's login, from the cluster. */
  loginOf: (store: {
    namespace: string;
    engine: string;
  }) => Promise<{ username: string; password: string } | undefined>;
  reconciler: { add(id: string): void; interrupt(id: string): void };
  /** Resolves once the database holds every store in the cluster. */
  recovered: () => Promise<void>;
  now: () => Date;
}

export type StoreCalls = Pick<StoreService, 'create' | 'remove' | 'forceRemove' | 'update' | 'retry' | 'credentials'>;

export function createStoreCalls(options: StoreCallsOptions): StoreCalls {
  const { db, board, engines, toStore, loginOf, reconciler, recovered, now } = options;
  const requireChangeable = (id: string, action: AuditedAction, caller: Caller): Store => {
    const store = requireStore(board, id);
    assertEngine(engines, store);
    assertAllowed(action, caller, store);
    return store;
  };

  const publish = (row: StoreRow): Store => {
    crashPoint('row-written');
    const store = toStore(row);
    board.set(store);
    return store;
  };
  const entryOf = (caller: Caller, action: AuditedAction): Entry => ({
    at: now().toISOString(),
    kind: 'call',
    actor: caller.user.name,
    what: CAPABILITIES[action].audit,
    message: '',
  });

  return {
    async create(input, caller) {
      await refuseValues(options, input);
      await withinSeconds(recovered(), RECOVERY_SECONDS);
      refuseAddress(options, input);
      const { row, created } = await createStore(db, input, { caller, now: now() });
      if (!created) return board.get(row.id) ?? toStore(row);
      const store = publish(row);
      reconciler.add(row.id);
      return store;
    },

    async remove(id, caller) {
      const before = requireChangeable(id, 'stores.remove', caller);
      const entry = entryOf(caller, 'stores.remove');
      const row = await transact(db, (transaction) => requestDeletion(transaction, id, entry));
      if (!row) return before;
      const store = publish(row);
      reconciler.interrupt(id);
      return store;
    },

    async forceRemove({ id, confirm }, caller) {
      const { name } = requireChangeable(id, 'stores.forceRemove', caller);
      if (confirm !== name) {
        const message = `type the store's name, "${name}", to remove the finalizers from its objects`;
        throw new ShopyardError('validation_failed', `confirm: ${message}`, [{ field: 'confirm', message }]);
      }
      const entry = entryOf(caller, 'stores.forceRemove');
      const row = await transact(db, (transaction) => forceFinalizers(transaction, id, entry));
      if (!row) return requireStore(board, id);
      reconciler.interrupt(id);
      return publish(row);
    },

    async update({ id, values }, caller) {
      const before = requireChangeable(id, 'stores.update', caller);
      await refuseValues(options, { engine: before.engine, values }, before);
      refuseAddress(options, { name: before.name, engine: before.engine, values });
      const change = { id, values: JSON.stringify(values) };
      const entry = entryOf(caller, 'stores.update');
      const row = await transact(db, (transaction) => replaceValues(transaction, change, entry));
      if (!row) throw new ShopyardError('being_deleted', 'the store is being deleted');
      const store = publish(row);
      reconciler.interrupt(id);
      return store;
    },

    async retry(id, caller) {
      const before = requireChangeable(id, 'stores.retry', caller);
      if (isIdle('stores.retry', before)) return before;
      const entry = entryOf(caller, 'stores.retry');
      const row = await transact(
        db,
        async (transaction) =>
          (await requestRetry(transaction, id, entry)) ?? (await retryRemoval(transaction, id, entry)),
      );
      if (!row) return before;
      reconciler.interrupt(id);
      return publish(row);
    },

    async credentials(id, caller) {
      const store = requireChangeable(id, 'stores.credentials', caller);
      const login = await loginOf(store).catch(() => undefined);
      if (!login)
        throw new ShopyardError(
          'unavailable',
          "there is no login yet, or the cluster doesn't answer: try again when the store is Ready",
        );
      await transact(db, (transaction) => appendEntries(transaction, id, [entryOf(caller, 'stores.credentials')]));
      board.touch(id);
      return { adminUrl: store.url + requireEngine(engines, store).adminPath, ...login };
    },
  };
}

/** Waits for the recovery: after the database was lost, a store not found yet may already have the requested name. */
async function withinSeconds(promise: Promise<void>, seconds: number): Promise<void> {
  const late = new AbortController();
  const refuse = sleep(seconds * 1000, undefined, { signal: late.signal }).then(() => {
    throw new ShopyardError(
      'unavailable',
      "the cluster doesn't answer, and the database may be missing some of its stores: try again in a minute",
    );
  });
  try {
    await Promise.race([promise, refuse]);
  } finally {
    refuse.catch(() => undefined);
    late.abort();
  }
}

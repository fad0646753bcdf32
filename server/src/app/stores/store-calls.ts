/** 1 CALL: the mutations. Writes desired state and history and wakes the reconciler; never calls helm. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditedAction, type Caller, isIdle, issueAt, ShopyardError, type Store } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { crashPoint } from '../../kit/crash-points.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { SpecWrites, Storage } from '../../storage/storage.ts';
import type { Timing } from './change-timing.ts';
import { createStore } from './create-store.ts';
import { confirmUpgrade } from './confirm-upgrade.ts';
import { checkAddress } from './check-address.ts';
import { toNext } from './next-values.ts';
import { teamOfNew } from './team-of-new.ts';
import { refuseOperators } from './tenant-values.ts';
import { refuse, refuseValues, type ValueChecks } from './refuse-values.ts';
import { rollBack } from './revisions/roll-back.ts';
import { updateStore } from './update-store.ts';
import type { Present } from './create-present.ts';
import { findRestartable } from './find-restartable.ts';
import { requireChangeable, requireStore } from './require-store.ts';

const RECOVERY_SECONDS = 10;

export interface StoreCallsOptions extends ValueChecks, Pick<Timing, 'window'> {
  storage: Pick<Storage, 'stores' | 'history' | 'revisions' | 'audited' | 'people'>;
  present: Present;
  reconciler: { add(id: string): void; interrupt(id: string): void };
  /** Resolves once the database holds every store in the cluster. */
  recovered: () => Promise<void>;
  now: () => Date;
}

export type StoreCalls = Pick<
  StoreService,
  'create' | 'remove' | 'forceRemove' | 'update' | 'rollback' | 'retry' | 'restart' | 'suspend' | 'resume'
>;

export function createStoreCalls(options: StoreCallsOptions): StoreCalls {
  const { storage, liveStores, present, reconciler, recovered, now } = options;
  const requireOf = (id: string, action: AuditedAction, caller: Caller): Store =>
    requireChangeable(options, id, { action, caller });

  const publish = (record: StoreRecord): Store => {
    crashPoint('row-written');
    const store = present(record);
    liveStores.set(store);
    return store;
  };
  const audited = <T>(action: AuditedAction, caller: Caller, change: (writes: SpecWrites) => Promise<T>): Promise<T> =>
    storage.audited({ caller, action, at: now() }, change);

  return {
    async create(input, caller) {
      refuseOperators(options.engines, input, caller);
      await refuseValues(options, input);
      await withinSeconds(recovered(), RECOVERY_SECONDS);
      // Only now are all stores known.
      refuse(checkAddress(options, input));
      const team = await teamOfNew(storage.people, caller, input.team);
      const { record, created } = await createStore(
        storage,
        { ...input, chart: options.charts.get(input.engine)?.pin },
        { caller, at: now(), team, sources: options },
      );
      if (!created) return liveStores.get(record.id) ?? present(record);
      const store = publish(record);
      reconciler.add(record.id);
      return store;
    },

    async remove(id, caller) {
      const before = requireOf(id, 'stores.remove', caller);
      const record = await audited('stores.remove', caller, (writes) => writes.requestDeletion(id));
      if (!record) return before;
      const store = publish(record);
      reconciler.interrupt(id);
      return store;
    },

    async forceRemove({ id, confirm }, caller) {
      const { name } = requireOf(id, 'stores.forceRemove', caller);
      if (confirm !== name) {
        const message = `type the store's name, "${name}", to remove the finalizers from its objects`;
        throw new ShopyardError('validation_failed', `confirm: ${message}`, [issueAt(['confirm'], message)]);
      }
      const record = await audited('stores.forceRemove', caller, (writes) => writes.forceFinalizers(id));
      if (!record) return requireStore(liveStores, id);
      reconciler.interrupt(id);
      return publish(record);
    },

    async update(input, caller) {
      const { id, confirm, chart: version, ...rest } = input;
      const before = requireOf(id, 'stores.update', caller);
      const { generation } = before;
      const next = await toNext(options, before, { values: input.values, version, caller });
      if (next) confirmUpgrade(options.engines, next.known, { ...next, confirm });
      const expected = input.generation ?? next?.generation;
      const change = {
        ...rest,
        id,
        generation: expected,
        values: next?.values,
        chart: version === undefined ? undefined : next?.chart.pin,
      };
      const record = await updateStore(options, change, { caller, at: now() });
      const store = publish(record);
      // Other labels, or what waits, are no reason to stop helm.
      if (store.generation === generation) reconciler.add(id);
      else reconciler.interrupt(id);
      return store;
    },

    async rollback(input, caller) {
      const before = requireOf(input.id, 'stores.rollback', caller);
      const record = await rollBack(options, input, { store: before, caller, at: now() });
      if (record.waiting) reconciler.add(record.id);
      else reconciler.interrupt(record.id);
      return publish(record);
    },

    async retry(id, caller) {
      const before = requireOf(id, 'stores.retry', caller);
      if (isIdle('stores.retry', before)) return before;
      const record = await audited(
        'stores.retry',
        caller,
        async (writes) => (await writes.requestRetry(id)) ?? (await writes.retryDeletion(id)),
      );
      if (!record) return before;
      reconciler.interrupt(id);
      return publish(record);
    },

    async restart({ id, component }, caller) {
      const before = requireOf(id, 'stores.restart', caller);
      const { name, title } = findRestartable(options, before, component);
      const call = { caller, action: 'stores.restart', at: now(), detail: title } as const;
      const record = await storage.audited(call, (writes) => writes.requestRestart(id, name));
      if (!record) return before;
      // No interrupt: helm may be at work, and is not to be stopped for this.
      reconciler.add(id);
      return publish(record);
    },

    async suspend({ id, reason }, caller) {
      const before = requireOf(id, 'stores.suspend', caller);
      const call = { caller, action: 'stores.suspend', at: now(), reason } as const;
      const record = await storage.audited(call, (writes) => writes.suspend(id));
      if (!record) return before;
      reconciler.interrupt(id);
      return publish(record);
    },

    async resume(id, caller) {
      const before = requireOf(id, 'stores.resume', caller);
      const record = await audited('stores.resume', caller, (writes) => writes.resume(id));
      if (!record) return before;
      reconciler.interrupt(id);
      return publish(record);
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

/** 1 CALL: takes back the change of a store that waits for its window or its resume, or starts it. */
import { type AuditedAction, type Caller, ShopyardError, type Store } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { crashPoint } from '../../kit/crash-points.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { SpecWrites } from '../../storage/storage.ts';
import { requireChart } from './choose-chart.ts';
import { requireKnown } from './known-store.ts';
import { refuseValues } from './refuse-values.ts';
import { requireChangeable } from './require-store.ts';
import type { StoreCallsOptions } from './store-calls.ts';
import { changedChart, changedFields } from './update-store.ts';

type Options = Omit<StoreCallsOptions, 'recovered' | 'window'>;

interface Call {
  action: AuditedAction;
  caller: Caller;
  reason?: string;
}

export function createWaitingCalls(options: Options): Pick<StoreService, 'cancel' | 'applyNow'> {
  const { storage, liveStores, present, reconciler, now } = options;

  async function change(
    store: Store,
    call: Call,
    write: (writes: SpecWrites) => Promise<StoreRecord | undefined>,
  ): Promise<Store> {
    const detail = describeWaiting(await storage.stores.find(store.id));
    const record = await storage.audited({ ...call, at: now(), ...(detail ? { detail } : {}) }, write);
    if (!record) throw NONE_WAITS;
    crashPoint('row-written');
    const changed = present(record);
    liveStores.set(changed);
    return changed;
  }

  return {
    async cancel(id, caller) {
      const call = { action: 'stores.cancel', caller } as const;
      const store = await change(requireChangeable(options, id, call), call, (writes) => writes.endWaiting(id));
      reconciler.add(id);
      return store;
    },

    async applyNow({ id, reason }, caller) {
      const call = { action: 'stores.applyNow', caller, reason } as const;
      const before = requireChangeable(options, id, call);
      await refuseWaiting(options, before);
      const store = await change(before, call, (writes) => writes.startWaiting(id));
      reconciler.interrupt(id);
      return store;
    },
  };
}

const NONE_WAITS = new ShopyardError(
  'unavailable',
  "no change to the store waits: one that has begun can't be taken back, but the store can be updated or rolled back",
);

/** Throws a ShopyardError if the values that wait are refused by now. */
export async function refuseWaiting(checks: Omit<Options, 'now'>, store: Store): Promise<void> {
  const { name, engine, id } = store;
  const { waiting } = (await checks.storage.stores.find(id)) ?? {};
  if (!waiting) return;
  const chart = requireChart(checks.charts, await requireKnown(checks, id), waiting.chart);
  await refuseValues(checks, { name, engine, values: waiting.values, chart }, store);
}

/** What waits, for the history: names, no values. */
export function describeWaiting(store: StoreRecord | undefined): string {
  if (!store?.waiting) return '';
  const { kind, actor, values, chart, rolledBackTo } = store.waiting;
  const changes = changedFields(store.values, values, changedChart(store.chart, chart));
  const what = kind === 'rollback' ? `back to generation ${rolledBackTo}` : changes;
  return [what, `asked for by ${actor}`].filter(Boolean).join(', ');
}

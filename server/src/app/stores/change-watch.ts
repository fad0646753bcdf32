/**
 * Begins the changes that wait, once their windows open. It holds them against the windows as they are now: one that has
 * passed while no server ran begins nothing, and another window is followed. One that opens while the store is suspended leaves
 * the change to the resume.
 */
import { type Caller, refusal, ShopyardError, type Store, waitWords } from '@shopyard/contracts';
import type { Logger } from 'pino';
import { dueOfChange, type Wait } from '../../domain/change-window.ts';
import { crashPoint } from '../../kit/crash-points.ts';
import type { Clock } from '../../kit/clock.ts';
import { createRepeated, type Repeated } from '../../kit/repeat.ts';
import type { AuditedCall, SpecWrites, Storage } from '../../storage/storage.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { StoreCallsOptions } from './store-calls.ts';
import { describeWaiting, refuseWaiting } from './waiting-changes.ts';

const EVERY_MS = 15_000;
const CALLER: Caller = { user: { name: 'schedule' }, roles: ['admin'], via: 'schedule' };
const ACTION = { change: 'stores.update', rollback: 'stores.rollback' } as const;

export interface ChangeWatchOptions {
  calls: Omit<StoreCallsOptions, 'recovered' | 'now' | 'storage'> & {
    storage: StoreCallsOptions['storage'] & Pick<Storage, 'operations'>;
  };
  /** False while this server is read-only. */
  mayWrite: () => boolean;
  process: { log: Logger; clock: Clock };
}

type Call = Pick<AuditedCall, 'action' | 'detail' | 'what'>;
type Change = (writes: SpecWrites) => Promise<StoreRecord | undefined>;

/** Looks every 15 s. */
export function createChangeWatch({ calls, mayWrite, process }: ChangeWatchOptions): Repeated {
  const { storage, liveStores, present, reconciler, window } = calls;
  const { log, clock } = process;

  async function look(): Promise<void> {
    if (!mayWrite()) return;
    for (const { storeId, change } of await storage.operations.listWaiting()) {
      const store = liveStores.get(storeId);
      const { suspended } = store ?? {};
      const due = store && dueOfChange(change, { window: store.window ?? window, suspended }, clock.now());
      if (due && !refusal(ACTION[change.kind], CALLER, store)) await carryOut(store, ACTION[change.kind], due);
    }
  }

  async function carryOut(store: Store, action: (typeof ACTION)['change' | 'rollback'], due: 'start' | Wait) {
    const { id, name } = store;
    const detail = describeWaiting(await storage.stores.find(id));
    const refused = due === 'start' ? await findRefusal(store) : undefined;
    const { change, ...call } = toCall(id, due, refused);
    const said = [call.words, detail].filter(Boolean).join(': ');
    const entry: Call = { action, detail: said, ...(call.what ? { what: call.what } : {}) };
    const record = await storage.audited({ caller: CALLER, at: clock.now(), ...entry }, change);
    if (!record) return;
    crashPoint('row-written');
    liveStores.set(present(record));
    if (record.generation === store.generation) reconciler.add(id);
    else reconciler.interrupt(id);
    log.info({ store: id, name }, said);
  }

  /** Why its values are refused by now: a newer chart may take others. */
  async function findRefusal(store: Store): Promise<string | undefined> {
    try {
      await refuseWaiting(calls, store);
      return undefined;
    } catch (error) {
      if (error instanceof ShopyardError && error.issues) return error.message;
      throw error;
    }
  }

  const onError = (error: unknown): void => log.error({ error }, 'the changes that wait could not be looked at');
  return createRepeated(look, { pauseMs: EVERY_MS, clock, onError });
}

/** `what`: the entry's name, where nothing is applied. */
function toCall(
  id: string,
  due: 'start' | Wait,
  refused: string | undefined,
): { words: string; what?: string; change: Change } {
  if (due !== 'start')
    return {
      what: 'change-postponed',
      words: `waits ${waitWords(due)}`,
      change: (writes) => writes.postpone(id, due),
    };
  if (refused !== undefined)
    return {
      what: 'change-refused',
      words: `refused, as ${refused}`,
      change: (writes) => writes.endWaiting(id, refused),
    };
  return { words: 'in its window', change: (writes) => writes.startWaiting(id) };
}

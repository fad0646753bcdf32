/** Carries out what stores' schedules and expiries ask for, as a caller of its own. Times that passed meanwhile are made up for. */
import { type Caller, refusal, type Store } from '@shopyard/contracts';
import type { Logger } from 'pino';
import { type Due, dueOf } from '../../domain/calendar.ts';
import type { StoreRecord } from '../../domain/store.ts';
import type { Clock } from '../../kit/clock.ts';
import { crashPoint } from '../../kit/crash-points.ts';
import { createRepeated, type Repeated } from '../../kit/repeat.ts';
import type { LiveStores } from '../../live/live-stores.ts';
import type { AuditedCall, SpecWrites, Storage } from '../../storage/storage.ts';
import type { Present } from './create-present.ts';

const EVERY_MS = 15_000;
const CALLER: Caller = { user: { name: 'schedule' }, roles: ['admin'], via: 'schedule' };

export interface CalendarOptions {
  storage: Pick<Storage, 'audited'>;
  liveStores: Pick<LiveStores, 'list' | 'set'>;
  present: Present;
  reconciler: { add(id: string): void; interrupt(id: string): void };
  /** False while this server is read-only. */
  mayWrite: () => boolean;
  process: { log: Logger; clock: Clock };
}

type Call = Pick<AuditedCall, 'action' | 'detail' | 'what'>;
type Change = (writes: SpecWrites) => Promise<StoreRecord | undefined>;

/** Looks every 15 s. */
export function createCalendarWatch(options: CalendarOptions): Repeated {
  const { storage, liveStores, present, reconciler, mayWrite } = options;
  const { log, clock } = options.process;

  async function look(): Promise<void> {
    const now = clock.now();
    for (const store of mayWrite() ? liveStores.list() : []) {
      const due = store.schedule || store.expiry ? dueOf(store, now) : undefined;
      if (due) await carryOut(store, due, now);
    }
  }

  /** What is refused now, such as a suspension that would lose data, stays due. */
  async function carryOut(store: Store, due: Due, at: Date): Promise<void> {
    const { call, change } = toCall(store, due);
    if (refusal(call.action, CALLER, store)) return;
    const record = await storage.audited({ caller: CALLER, at, ...call }, change);
    if (!record) return;
    crashPoint('row-written');
    liveStores.set(present(record));
    if (due.type === 'warn') reconciler.add(store.id);
    else reconciler.interrupt(store.id);
    log.info({ store: store.id, name: store.name }, `by its schedule: ${call.detail}`);
  }

  const onError = (error: unknown): void => log.error({ error }, 'the schedules could not be carried out');
  return createRepeated(look, { pauseMs: EVERY_MS, clock, onError });
}

function toCall({ id }: Store, due: Due): { call: Call; change: Change } {
  const suspend = { action: 'stores.suspend', change: (writes: SpecWrites) => writes.suspend(id) } as const;
  switch (due.type) {
    case 'suspend':
      return { call: { action: suspend.action, detail: 'as scheduled' }, change: suspend.change };
    case 'resume':
      return { call: { action: 'stores.resume', detail: 'as scheduled' }, change: (writes) => writes.resume(id) };
    case 'expire':
      return due.action === 'suspend'
        ? { call: { action: suspend.action, detail: 'expired' }, change: suspend.change }
        : { call: { action: 'stores.remove', detail: 'expired' }, change: (writes) => writes.requestDeletion(id) };
    case 'warn': {
      const { at, action } = due.expiry;
      const detail = `to be ${action === 'delete' ? 'deleted' : 'suspended'} at ${at}`;
      return {
        call: { action: 'stores.setExpiry', detail, what: 'expires-soon' },
        change: (writes) => warn(writes, id, due),
      };
    }
  }
}

async function warn(
  writes: SpecWrites,
  id: string,
  { expiry }: Extract<Due, { type: 'warn' }>,
): Promise<StoreRecord | undefined> {
  const found = await writes.find(id);
  return found && writes.replaceProfile(id, { ...found.profile, expiry });
}

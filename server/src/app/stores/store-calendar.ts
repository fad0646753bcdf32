/** 1 CALL: when a store is suspended and resumed by itself, when it expires, and when it may be changed. */
import {
  type AuditedAction,
  type Caller,
  issueAt,
  openingDays,
  ShopyardError,
  type Store,
  type StoreProfile,
} from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { checkSchedule, warnedAt } from '../../domain/calendar.ts';
import { assertAllowed } from '../assert-allowed.ts';
import type { StoreCallsOptions } from './store-calls.ts';
import { refuse } from './refuse-values.ts';
import { requireChangeable, requireStore } from './require-store.ts';

export type StoreCalendar = Pick<StoreService, 'setSchedule' | 'setExpiry' | 'setWindow'>;

type Options = Pick<StoreCallsOptions, 'storage' | 'liveStores' | 'engines' | 'present' | 'reconciler' | 'now'>;

export function createStoreCalendar(options: Options): StoreCalendar {
  const { storage, liveStores, present, reconciler, now } = options;

  async function change(
    id: string,
    { action, caller, detail }: { action: AuditedAction; caller: Caller; detail: string },
    toProfile: (profile: StoreProfile) => StoreProfile,
  ): Promise<Store> {
    requireChangeable(options, id, { action, caller });
    const record = await storage.audited({ caller, action, at: now(), detail }, async (writes) => {
      const found = await writes.find(id);
      return found && writes.replaceProfile(id, toProfile(found.profile));
    });
    if (!record) throw new ShopyardError('being_deleted', 'the store is being deleted');
    const store = present(record);
    liveStores.set(store);
    // Its namespace is to say so too.
    reconciler.add(id);
    return store;
  }

  return {
    async setSchedule({ id, schedule }, caller) {
      if (schedule) refuse(checkSchedule(schedule).map(({ field, message }) => issueAt(['schedule', field], message)));
      const detail = schedule ? `sleep ${schedule.sleep}, wake ${schedule.wake}, ${schedule.tz}` : 'none';
      return change(id, { action: 'stores.setSchedule', caller, detail }, ({ schedule: _before, ...profile }) =>
        schedule ? { ...profile, schedule: { ...schedule, since: now().toISOString() } } : profile,
      );
    },

    async setWindow({ id, window }, caller) {
      const detail = window ? openingDays(window) : 'none';
      return change(id, { action: 'stores.setWindow', caller, detail }, ({ window: _before, ...profile }) =>
        window ? { ...profile, window } : profile,
      );
    },

    async setExpiry({ id, expiry }, caller) {
      if (expiry && Date.parse(expiry.at) <= now().getTime())
        refuse([issueAt(['expiry', 'at'], 'choose a time in the future')]);
      if (expiry?.action === 'delete') assertAllowed('stores.remove', caller, requireStore(liveStores, id));
      const detail = expiry ? `${expiry.action} at ${expiry.at}` : 'none';
      return change(id, { action: 'stores.setExpiry', caller, detail }, ({ expiry: _before, ...profile }) => {
        if (!expiry) return profile;
        const warned = warnedAt(expiry.at, now());
        return { ...profile, expiry: { ...expiry, ...(warned === undefined ? {} : { warned }) } };
      });
    },
  };
}

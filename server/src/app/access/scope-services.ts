/**
 * What a caller sees who is no administrator: their teams' stores. A foreign store is refused in the very words for one that
 * does not exist, and before anything is looked up of it.
 */
import { type Caller, noStore, type ProcedureName, rightRefusal, ShopyardError, type Store } from '@shopyard/contracts';
import type { Services, StoreService } from '@shopyard/contracts/services';
import { visiblePlatform } from '../platform/visible-platform.ts';

/** Methods about one store, and the right that each needs in its team. A new one doesn't compile without its line. */
const SCOPED: Record<Exclude<keyof StoreService, 'list' | 'watch' | 'create' | 'applyPlan'>, ProcedureName> = {
  get: 'stores.get',
  values: 'stores.values',
  plan: 'stores.plan',
  update: 'stores.update',
  revisions: 'stores.revisions',
  compareRevisions: 'stores.compareRevisions',
  rollback: 'stores.rollback',
  remove: 'stores.remove',
  forceRemove: 'stores.forceRemove',
  retry: 'stores.retry',
  restart: 'stores.restart',
  suspend: 'stores.suspend',
  resume: 'stores.resume',
  setSchedule: 'stores.setSchedule',
  setExpiry: 'stores.setExpiry',
  setWindow: 'stores.setWindow',
  cancel: 'stores.cancel',
  applyNow: 'stores.applyNow',
  credentials: 'stores.credentials',
  loginLink: 'stores.loginLink',
  history: 'stores.timeline',
  events: 'stores.events',
  mails: 'stores.mails',
  release: 'stores.release',
  logs: 'stores.logs',
  watchOne: 'stores.watchOne',
  watchEvents: 'stores.watchEvents',
  watchMails: 'stores.watchMails',
  watchRelease: 'stores.watchRelease',
};

type Find = (id: string) => Store | undefined;

export function createScope(find: Find): (services: Services, caller: Caller) => Services {
  return (services, caller) => scopeServices(services, caller, find);
}

/** `find`: as last published. Lists filter for themselves, and applying a plan checks the store that it is for. */
function scopeServices(services: Services, caller: Caller, find: Find): Services {
  if (caller.roles.includes('admin') && !caller.scopes) return services;
  const check = (action: ProcedureName, id: string | undefined): void => {
    // A plan of a new store.
    if (id === undefined) return;
    const store = find(id);
    const refused = store ? rightRefusal(action, caller, store) : noStore(id);
    if (refused) throw new ShopyardError(refused.code, refused.message);
  };
  const stores = Object.fromEntries(
    Object.entries(SCOPED).map(([name, action]) => {
      // Each takes the id, or an input with it, first.
      const method = services.stores[name as keyof typeof SCOPED] as (...args: unknown[]) => unknown;
      const scoped = (first: string | { id?: string }, ...rest: unknown[]): unknown => {
        check(action, typeof first === 'string' ? first : first.id);
        return method(first, ...rest);
      };
      return [name, scoped];
    }),
  );
  const platform = { ...services.platform, get: () => visiblePlatform(services.platform.get(), caller) };
  return { ...services, platform, stores: { ...services.stores, ...stores } };
}

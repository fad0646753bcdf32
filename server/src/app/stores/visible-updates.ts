/** The list's updates for callers who see some teams' stores only. */
import { type Grants, seesStore, type StoreChange, type StoresUpdate } from '@shopyard/contracts';
import type { Tracked } from '@shopyard/contracts/services';
import { visiblePlatform } from '../platform/visible-platform.ts';

type Updates = AsyncIterable<Tracked<StoresUpdate>>;

/** Shares what it makes of an update among callers of the same teams, so that it is made and encoded once for them. */
export function createVisibleUpdates(): (updates: Updates, caller: Grants) => Updates {
  const made = new WeakMap<StoresUpdate, Map<string, StoresUpdate | undefined>>();
  return async function* visible(updates, caller) {
    if (caller.roles.length > 0) return yield* updates;
    const audience = Object.keys(caller.teams ?? {})
      .toSorted()
      .join();
    for await (const { id, data } of updates) {
      const known = made.get(data) ?? new Map<string, StoresUpdate | undefined>();
      made.set(data, known);
      if (!known.has(audience)) known.set(audience, narrow(data, caller));
      const mine = known.get(audience);
      if (mine) yield { id, data: mine };
    }
  };
}

/** `undefined` if nothing is left. */
function narrow(update: StoresUpdate, caller: Grants): StoresUpdate | undefined {
  if (update.type === 'snapshot')
    return {
      ...update,
      stores: update.stores.filter((store) => seesStore(caller, store)),
      platform: visiblePlatform(update.platform, caller),
    };
  const changes = update.changes.flatMap((change): StoreChange[] => {
    if (change.type === 'platform') return [{ ...change, platform: visiblePlatform(change.platform, caller) }];
    return seesStore(caller, change.type === 'store' ? change.store : change) ? [change] : [];
  });
  return changes.length > 0 ? { type: 'changes', changes } : undefined;
}

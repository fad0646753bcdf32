import { type AuditedAction, type Caller, noStore, ShopyardError, type Store } from '@shopyard/contracts';
import type { Engines } from '@shopyard/engines';
import type { LiveStores } from '../../live/live-stores.ts';
import { assertAllowed } from '../assert-allowed.ts';
import { assertEngine } from './assert-engine.ts';

type Known = Pick<LiveStores, 'get'>;

/** Returns the store as last published. Throws ShopyardError `not_found`. */
export function requireStore(liveStores: Known, id: string): Store {
  const store = liveStores.get(id);
  if (!store) throw new ShopyardError('not_found', noStore(id).message);
  return store;
}

/** The same, for a call that this caller may make on the store as it is now. Throws a ShopyardError otherwise. */
export function requireChangeable(
  { liveStores, engines }: { liveStores: Known; engines: Engines },
  id: string,
  { action, caller }: { action: AuditedAction; caller: Caller },
): Store {
  const store = requireStore(liveStores, id);
  assertEngine(engines, store);
  assertAllowed(action, caller, store);
  return store;
}

/** How the stages begin, once the port is known. */
import type { StoreRecord } from '../domain/store.ts';
import type { Repeated } from '../kit/repeat.ts';
import type { Controller } from '../reconcile/controller.ts';
import type { Ownership } from '../reconcile/ownership.ts';
import type { Foundation } from './foundation.ts';
import type { Live } from './live.ts';
import { PLATFORM } from './wakes.ts';

/** What was paused continues once the Lease is held again. */
export function onLease({ connection, wakes }: Foundation, controller: Controller): void {
  wakes.platform.add(PLATFORM);
  if (connection.lease.mayWrite()) void controller.lookAgain();
}

export interface Beginning {
  live: Live;
  ownership: Ownership;
  controller: Controller;
  calendar: Repeated;
  /** What to wait for before anything is changed. */
  ready: readonly Promise<void>[];
}

export function begin(
  { cluster, wakes }: Foundation,
  { live, ownership, controller, calendar, ready }: Beginning,
  stores: readonly StoreRecord[],
): void {
  for (const store of stores) live.liveStores.set(live.present(store));
  wakes.platform.add(PLATFORM);
  cluster.watch.start();
  void Promise.all(ready)
    .then(() => ownership.start())
    .then(() => controller.start())
    .then(() => calendar.start());
}

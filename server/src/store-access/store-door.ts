/** The way in for customers: finds the store of an address, and notes that somebody opened it. */
import type { Store } from '@shopyard/contracts';
import type { StoreGate } from './store-gate.ts';
import type { StoreDoor } from './store-proxy.ts';
import type { StoreVisits } from './visits.ts';

export interface StoreDoorOptions {
  stores: { findByName(name: string): Store | undefined };
  gate: Pick<StoreGate, 'agentFor'>;
  visits: Pick<StoreVisits, 'note'>;
}

export function createStoreDoor({ stores, gate, visits }: StoreDoorOptions): StoreDoor {
  return {
    find: (name) => stores.findByName(name),
    agentFor(store, connections) {
      visits.note(store.id);
      return gate.agentFor(store, connections);
    },
  };
}

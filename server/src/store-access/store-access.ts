/** The way in for customers: finds the store of an address, and notes that somebody opened it. */
import type { Store } from '@shopyard/contracts';
import type { StoreAgents } from './store-agents.ts';
import type { StoreAccess } from './store-proxy.ts';
import type { StoreVisits } from './visits.ts';

export interface StoreAccessOptions {
  stores: { findByName(name: string): Store | undefined };
  agents: Pick<StoreAgents, 'agentFor'>;
  visits: Pick<StoreVisits, 'note'>;
}

export function createStoreAccess({ stores, agents, visits }: StoreAccessOptions): StoreAccess {
  return {
    find: (name) => stores.findByName(name),
    agentFor(store, connections) {
      visits.note(store.id);
      return agents.agentFor(store, connections);
    },
  };
}

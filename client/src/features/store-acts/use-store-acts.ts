/** What is done to one store or several. A toast says what came of it, and another one what became of the stores. */
import type { Store } from '@shopyard/contracts';
import { useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { useFollow } from '../../live/use-stores.tsx';

/** Refusals that a toast names; all of them are in `refused`. */
const MAX_NAMED = 3;

/** Each resolves with the stores that accepted it. */
export interface StoreActs {
  pending: boolean;
  retry: (stores: readonly Store[]) => Promise<readonly Store[]>;
  remove: (stores: readonly Store[]) => Promise<readonly Store[]>;
  /** Restarts this component, or the shop if none is named. */
  restart: (store: Store, component?: string) => Promise<readonly Store[]>;
  /** Refusals of the last act, by the store's name. */
  refused: readonly string[];
  dismiss: () => void;
}

interface Act {
  call: (store: Store) => Promise<unknown>;
  /** `Retrying` and `retried`. */
  words: readonly [doing: string, done: string];
}

const RETRY = ['Retrying', 'retried'] as const;
const REMOVE = ['Deleting', 'deleted'] as const;
const RESTART = ['Restarting', 'restarted'] as const;

export function useStoreActs(): StoreActs {
  const { client } = trpc.useUtils();
  const { follow, unfollow } = useFollow();
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const actOn = async (store: Store, call: Act['call']): Promise<string | undefined> => {
    follow(store);
    try {
      await call(store);
      return undefined;
    } catch (error) {
      unfollow(store.id);
      return `${store.name}: ${describeError(error)}`;
    }
  };
  const act = async (stores: readonly Store[], { call, words }: Act): Promise<readonly Store[]> => {
    setPending(true);
    setRefused([]);
    const results = await Promise.all(stores.map((store) => actOn(store, call)));
    const refusals = results.filter((result) => result !== undefined);
    const accepted = stores.filter((_store, at) => results[at] === undefined);
    setRefused(refusals);
    setPending(false);
    report(stores, { accepted, refusals, words });
    return accepted;
  };
  return {
    pending,
    retry: (stores) => act(stores, { call: ({ id }) => client.stores.retry.mutate({ id }), words: RETRY }),
    remove: (stores) => act(stores, { call: ({ id }) => client.stores.remove.mutate({ id }), words: REMOVE }),
    restart: (store, component) =>
      act([store], { call: ({ id }) => client.stores.restart.mutate({ id, component }), words: RESTART }),
    refused,
    dismiss: () => setRefused([]),
  };
}

/** `alpha` for one store, `3 stores` for several. */
function countOf(stores: readonly Store[]): string {
  const [only] = stores;
  return stores.length === 1 && only ? only.name : `${stores.length} stores`;
}

interface Results {
  accepted: readonly Store[];
  refusals: readonly string[];
  words: Act['words'];
}

function report(stores: readonly Store[], { accepted, refusals, words: [doing, done] }: Results): void {
  const more = refusals.length - MAX_NAMED;
  const description = `${refusals.slice(0, MAX_NAMED).join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
  if (refusals.length === 0) toast.success(`${doing} ${countOf(stores)}`);
  else if (accepted.length === 0)
    toast.error(`${countOf(stores)} ${stores.length === 1 ? 'was' : 'were'} not ${done}`, { description });
  else
    toast.error(`${doing} ${accepted.length} of ${stores.length} stores, ${refusals.length} refused`, { description });
}

/** What is done to one store or several. A toast says what came of it, and another one what became of the stores. */
import type { Store } from '@shopyard/contracts';
import { useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { fewAtOnce } from '../../lib/few-at-once.ts';
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
  /** Its toast offers to resume them. `reason`: why, for the history. */
  suspend: (stores: readonly Store[], reason?: string) => Promise<readonly Store[]>;
  resume: (stores: readonly Store[]) => Promise<readonly Store[]>;
  /** Refusals of the last act, by the store's name. */
  refused: readonly string[];
  dismiss: () => void;
}

interface Act {
  call: (store: Store) => Promise<unknown>;
  /** `Retrying` and `retried`. */
  words: readonly [doing: string, done: string];
  /** Takes it back for those that accepted it. Nothing becomes of a store that is to stand still, so it is not followed. */
  undo?: (stores: readonly Store[]) => void;
}

/** Calls: thousands of stores may be selected. */
const AT_ONCE = 20;
const RETRY = ['Retrying', 'retried'] as const;
const REMOVE = ['Deleting', 'deleted'] as const;
const RESTART = ['Restarting', 'restarted'] as const;
const SUSPEND = ['Suspending', 'suspended'] as const;
const RESUME = ['Resuming', 'resumed'] as const;

export function useStoreActs(): StoreActs {
  const { client } = trpc.useUtils();
  const { follow, unfollow } = useFollow();
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const actOn = async (store: Store, { call, undo }: Act): Promise<string | undefined> => {
    if (!undo) follow(store);
    try {
      await call(store);
      return undefined;
    } catch (error) {
      unfollow(store.id);
      return `${store.name}: ${describeError(error)}`;
    }
  };
  const act = async (stores: readonly Store[], one: Act): Promise<readonly Store[]> => {
    setPending(true);
    setRefused([]);
    const results = await fewAtOnce(stores, AT_ONCE, (store) => actOn(store, one));
    const refusals = results.filter((result) => result !== undefined);
    const accepted = stores.filter((_store, at) => results[at] === undefined);
    setRefused(refusals);
    setPending(false);
    report(stores, { ...one, accepted, refusals });
    return accepted;
  };
  const resume: StoreActs['resume'] = (stores) =>
    act(stores, { call: ({ id }) => client.stores.resume.mutate({ id }), words: RESUME });
  return {
    pending,
    retry: (stores) => act(stores, { call: ({ id }) => client.stores.retry.mutate({ id }), words: RETRY }),
    remove: (stores) => act(stores, { call: ({ id }) => client.stores.remove.mutate({ id }), words: REMOVE }),
    restart: (store, component) =>
      act([store], { call: ({ id }) => client.stores.restart.mutate({ id, component }), words: RESTART }),
    suspend: (stores, reason) =>
      act(stores, {
        call: ({ id }) => client.stores.suspend.mutate({ id, ...(reason ? { reason } : {}) }),
        words: SUSPEND,
        undo: (accepted) => void resume(accepted),
      }),
    resume,
    refused,
    dismiss: () => setRefused([]),
  };
}

/** `alpha` for one store, `3 stores` for several. */
function countOf(stores: readonly Store[]): string {
  const [only] = stores;
  return stores.length === 1 && only ? only.name : `${stores.length} stores`;
}

interface Results extends Pick<Act, 'words' | 'undo'> {
  accepted: readonly Store[];
  refusals: readonly string[];
}

function report(stores: readonly Store[], { accepted, refusals, words: [doing, done], undo }: Results): void {
  const more = refusals.length - MAX_NAMED;
  const description = `${refusals.slice(0, MAX_NAMED).join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
  const action = undo && { label: 'Undo', onClick: () => undo(accepted) };
  if (refusals.length === 0) toast.success(`${doing} ${countOf(stores)}`, { action });
  else if (accepted.length === 0)
    toast.error(`${countOf(stores)} ${stores.length === 1 ? 'was' : 'were'} not ${done}`, { description });
  else
    toast.error(`${doing} ${accepted.length} of ${stores.length} stores, ${refusals.length} refused`, {
      description,
      action,
    });
}

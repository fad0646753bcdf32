/** Retry and delete, for one store or several. */
import type { Store } from '@shopyard/contracts';
import { useState } from 'react';
import { toast } from 'sonner';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';

export interface StoreActions {
  pending: boolean;
  /** Resolves with whether all stores accepted it. A toast reports the outcome either way. */
  retry: (stores: readonly Store[]) => Promise<boolean>;
  remove: (stores: readonly Store[]) => Promise<boolean>;
  /** Refusals of the last action, by the store's name. */
  refused: readonly string[];
  dismiss: () => void;
}

export function useStoreActions(): StoreActions {
  const retry = trpc.stores.retry.useMutation();
  const remove = trpc.stores.remove.useMutation();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const each = async (stores: readonly Store[], { act, doing }: Action): Promise<boolean> => {
    setRefused([]);
    const results = await Promise.allSettled(stores.map(({ id }) => act({ id })));
    const failed = results.flatMap((result, index) =>
      result.status === 'rejected' ? [`${stores[index]?.name}: ${describeError(result.reason)}`] : [],
    );
    setRefused(failed);
    const accepted = stores.filter((_store, index) => results[index]?.status === 'fulfilled');
    if (accepted.length > 0) toast.success(`${doing} ${countOf(accepted)}`);
    if (failed.length > 0) toast.error(`${failed.length} of ${stores.length} refused. ${failed.join(' ')}`);
    return failed.length === 0;
  };
  return {
    pending: retry.isPending || remove.isPending,
    retry: (stores) => each(stores, { act: retry.mutateAsync, doing: 'Retrying' }),
    remove: (stores) => each(stores, { act: remove.mutateAsync, doing: 'Deleting' }),
    refused,
    dismiss: () => setRefused([]),
  };
}

interface Action {
  act: (input: { id: string }) => Promise<unknown>;
  doing: string;
}

/** `alpha` for one store, `3 stores` for several. */
function countOf(stores: readonly Store[]): string {
  const [only] = stores;
  return stores.length === 1 && only ? only.name : `${stores.length} stores`;
}

import type { Store, StoreDetailUpdate } from '@shopyard/contracts';
import { useState } from 'react';
import { trpc } from '../../live/trpc.ts';

/** `aheadMs`: how far this machine's clock is ahead of the server's. `partial`: only `store` is known so far. */
export type StoreDetail = Extract<StoreDetailUpdate, { type: 'detail' }> & { aheadMs: number; partial?: boolean };
type DetailState =
  { type: 'loading' } | { type: 'missing' } | StoreDetail | Extract<StoreDetailUpdate, { type: 'removed' }>;

/** One store with its resources and history, live. */
function useStoreDetail(id: string): DetailState {
  const [detail, setDetail] = useState<DetailState>({ type: 'loading' });
  trpc.stores.watchOne.useSubscription(
    { id },
    {
      onData: ({ data }) =>
        setDetail(data.type === 'detail' ? { ...data, aheadMs: Date.now() - Date.parse(data.now) } : data),
      onError: (error) => {
        if (error.data?.httpStatus === 404) setDetail(afterNotFound);
      },
    },
  );
  return detail;
}

/** Shows the store as the list has it until the details arrive. */
export function useListedDetail(id: string, listed: Store | undefined): DetailState {
  const loaded = useStoreDetail(id);
  return loaded.type === 'loading' && listed ? partialDetail(listed) : loaded;
}

function partialDetail(store: Store): StoreDetail {
  const nothing = { pods: [], workloads: [], claims: [], history: [] };
  return { type: 'detail', now: '', store, ...nothing, aheadMs: 0, partial: true };
}

/** A store that was known before the 404 was deleted while this page was disconnected. */
function afterNotFound(known: DetailState): DetailState {
  if (known.type === 'removed') return known;
  if (known.type === 'detail') return { type: 'removed', id: known.store.id, name: known.store.name };
  return { type: 'missing' };
}

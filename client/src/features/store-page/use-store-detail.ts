import type { StoreDetailEvent } from '@shopyard/contracts';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';

export type StoreDetail = Extract<StoreDetailEvent, { type: 'detail' }>;
export type DetailState = { type: 'loading' } | { type: 'missing' } | StoreDetailEvent;

/** One store with all it consists of and its history, live. */
export function useStoreDetail(id: string): DetailState {
  const [detail, setDetail] = useState<DetailState>({ type: 'loading' });
  trpc.stores.watchOne.useSubscription(
    { id },
    {
      onData: ({ data }) => setDetail(data),
      onError: (error) => {
        if (error.data?.httpStatus === 404) setDetail(afterNotFound);
      },
    },
  );
  return detail;
}

/** Gone while this page was out of touch is deleted all the same. */
function afterNotFound(known: DetailState): DetailState {
  if (known.type === 'removed') return known;
  if (known.type === 'detail') return { type: 'removed', id: known.store.id, name: known.store.name };
  return { type: 'missing' };
}

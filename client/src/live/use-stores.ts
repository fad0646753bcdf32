import { applyUpdate, NO_STORES, type StoresState } from '@shopyard/contracts';
import { useReducer } from 'react';
import { trpc } from './trpc.ts';

/** All stores, live, from the page's only subscription to the list. */
export function useStores(): StoresState {
  const [state, apply] = useReducer(applyUpdate, NO_STORES);
  trpc.stores.watch.useSubscription(undefined, { onData: ({ data }) => apply(data) });
  return state;
}

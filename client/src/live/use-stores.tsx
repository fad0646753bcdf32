import { applyUpdate, NO_STORES, type StoresState } from '@shopyard/contracts';
import { createContext, type ReactNode, useContext, useReducer } from 'react';
import { trpc } from './trpc.ts';

const StoresContext = createContext<StoresState>(NO_STORES);

/** Keeps all stores live by the page's only subscription to the list. */
export function StoresProvider({ children }: { children: ReactNode }): ReactNode {
  const [state, apply] = useReducer(applyUpdate, NO_STORES);
  trpc.stores.watch.useSubscription(undefined, { onData: ({ data }) => apply(data) });
  return <StoresContext value={state}>{children}</StoresContext>;
}

export function useStores(): StoresState {
  return useContext(StoresContext);
}

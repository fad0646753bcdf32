import { applyUpdate, NO_STORES, type Store, type StoresState, type StoresUpdate } from '@shopyard/contracts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useMe } from './caller.tsx';
import { FollowedStores } from './followed-stores.ts';
import { trpc } from './trpc.ts';

const StoresContext = createContext<StoresState>(NO_STORES);

/** Tells what becomes of a store that this page acts on. */
export interface Follow {
  /** From the store as it is before the act, or as it was created. */
  follow: (store: Store) => void;
  /** The act was refused. */
  unfollow: (id: string) => void;
}

const FollowContext = createContext<Follow>({ follow: () => undefined, unfollow: () => undefined });

interface StoresProviderProps {
  /** Called with followed stores that have become Ready or need attention; once for each act. */
  onOutcome: (stores: readonly Store[]) => void;
  children: ReactNode;
}

/** Keeps all stores live by the page's only subscription to the list. They count as loaded once it is known who looks at them. */
export function StoresProvider({ onOutcome, children }: StoresProviderProps): ReactNode {
  const [state, apply] = useReducer(applyUpdate, NO_STORES);
  const { asked } = useMe();
  const [followed] = useState(() => new FollowedStores());
  const observe = (stores: readonly Store[]): void => {
    const outcome = followed.observe(stores);
    if (outcome.length > 0) onOutcome(outcome);
  };
  trpc.stores.watch.useSubscription(undefined, {
    onData({ data }) {
      apply(data);
      observe(storesOf(data));
    },
  });
  const latest = useRef({ state, observe });
  useEffect(() => {
    latest.current = { state, observe };
  });
  const follow = useMemo(
    () => ({
      follow(store: Store) {
        followed.follow(store);
        // The outcome may have been pushed before the call was answered.
        const now = latest.current.state.stores.get(store.id);
        if (now) latest.current.observe([now]);
      },
      unfollow: (id: string) => followed.unfollow(id),
    }),
    [followed],
  );
  const known = useMemo(() => (asked ? state : { ...state, loaded: false }), [asked, state]);
  return (
    <FollowContext value={follow}>
      <StoresContext value={known}>{children}</StoresContext>
    </FollowContext>
  );
}

export function useStores(): StoresState {
  return useContext(StoresContext);
}

export function useFollow(): Follow {
  return useContext(FollowContext);
}

function storesOf(update: StoresUpdate): readonly Store[] {
  if (update.type === 'snapshot') return update.stores;
  return update.changes.flatMap((change) => (change.type === 'store' ? [change.store] : []));
}

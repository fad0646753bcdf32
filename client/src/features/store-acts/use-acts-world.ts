import { useContext, useMemo } from 'react';
import { useCaller, useMe } from '../../live/caller.tsx';
import { EnginesContext } from '../../live/engines.ts';
import { useOffline } from '../../live/use-offline.ts';
import type { ActsWorld } from './acts-of.ts';

/** What the acts on stores depend on besides the stores. */
export function useActsWorld(): ActsWorld {
  const caller = useCaller();
  const account = useMe().me?.account ?? false;
  const { offline } = useOffline();
  const engines = useContext(EnginesContext);
  return useMemo(() => ({ caller, account, offline, engines }), [caller, account, offline, engines]);
}

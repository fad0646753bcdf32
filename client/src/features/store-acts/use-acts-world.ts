import { useContext, useMemo } from 'react';
import { useCaller } from '../../live/caller.tsx';
import { EnginesContext } from '../../live/engines.ts';
import { useOffline } from '../../live/use-offline.ts';
import type { ActsWorld } from './acts-of.ts';

/** What the acts on stores depend on besides the stores. */
export function useActsWorld(): ActsWorld {
  const caller = useCaller();
  const { offline } = useOffline();
  const engines = useContext(EnginesContext);
  return useMemo(() => ({ caller, offline, engines }), [caller, offline, engines]);
}

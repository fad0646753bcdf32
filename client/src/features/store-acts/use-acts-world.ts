import { useContext, useMemo } from 'react';
import { EnginesContext } from '../../live/engines.ts';
import { useOffline } from '../../live/use-offline.ts';
import type { ActsWorld } from './acts-of.ts';

/** What the acts on stores depend on besides the stores. */
export function useActsWorld(): ActsWorld {
  const { offline } = useOffline();
  const engines = useContext(EnginesContext);
  return useMemo(() => ({ offline, engines }), [offline, engines]);
}

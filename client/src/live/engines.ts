/** The server's engines, for whatever shows a store. */
import type { EngineView } from '@shopyard/contracts';
import { createContext, useContext } from 'react';

/** Undefined until the server has answered. */
export const EnginesContext = createContext<readonly EngineView[] | undefined>(undefined);

/** Undefined also for an engine that the server lacks. */
export function useEngine(id: string | undefined): EngineView | undefined {
  return useContext(EnginesContext)?.find((engine) => engine.id === id);
}

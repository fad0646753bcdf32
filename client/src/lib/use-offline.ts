import { useConnection } from './api-provider.tsx';

/** The element that says why nothing can be done now. */
export const OFFLINE_ID = 'offline-reason';

export interface Offline {
  /** The server does not answer: what it would have to do can't be asked for. */
  offline: boolean;
  /** For a button that is disabled by that: says why. */
  why: { title?: string; 'aria-describedby'?: string };
}

export function useOffline(): Offline {
  const { state, lostAt } = useConnection();
  const offline = lostAt !== undefined && state !== 'open';
  return {
    offline,
    why: offline ? { title: "The server doesn't answer", 'aria-describedby': OFFLINE_ID } : {},
  };
}

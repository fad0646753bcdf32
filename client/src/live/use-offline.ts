import { useConnection } from './api-provider.tsx';

/** Id of the element that says why actions are disabled. */
export const OFFLINE_ID = 'offline-reason';

export interface Offline {
  /** The server is unreachable, so actions that need it are disabled. */
  offline: boolean;
  /** Props that explain why a button is disabled; empty while online. */
  explanation: { title?: string; 'aria-describedby'?: string };
}

export function useOffline(): Offline {
  const { state, lostAt } = useConnection();
  const offline = lostAt !== undefined && state !== 'open';
  return {
    offline,
    explanation: offline ? { title: "The server isn't responding", 'aria-describedby': OFFLINE_ID } : {},
  };
}

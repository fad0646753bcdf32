import type { ReactNode } from 'react';
import { useOffline } from '../live/use-offline.ts';

/** Placeholder for data that is still loading, or can't load while the server is unreachable. */
export function Waiting(): ReactNode {
  const { offline } = useOffline();
  return <p>{offline ? "Not loaded: the server isn't responding." : 'Loading…'}</p>;
}

import type { ReactNode } from 'react';
import { useOffline } from '../lib/use-offline.ts';

/** In place of what has not come yet; says so when it can't come. */
export function Waiting(): ReactNode {
  const { offline } = useOffline();
  return <p>{offline ? "Not loaded: the server doesn't answer." : 'Loading…'}</p>;
}

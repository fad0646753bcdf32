import type { ReactNode } from 'react';
import { useOffline } from '../live/use-offline.ts';
import { Skeleton } from './skeleton.tsx';

/** Placeholder for data that is still loading, or can't load while the server is unreachable. `children`: its shape. */
export function Waiting({ children }: { children?: ReactNode }): ReactNode {
  const { offline } = useOffline();
  if (offline) return <p>Not loaded: the server isn&apos;t responding.</p>;
  return (
    <div aria-busy>
      <p className="visually-hidden">Loading…</p>
      {children ?? <Skeleton />}
    </div>
  );
}

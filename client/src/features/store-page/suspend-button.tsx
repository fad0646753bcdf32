import { isOffered, type Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { CALLER } from '../../lib/caller.ts';
import { useOffline } from '../../live/use-offline.ts';
import { useStoreActs } from '../store-acts/use-store-acts.ts';

/** Suspends the store at once, as that can be undone, or resumes it. */
export function SuspendButton({ store }: { store: Store }): ReactNode {
  const { offline, explanation } = useOffline();
  const { pending, suspend, resume } = useStoreActs();
  const canResume = isOffered('stores.resume', CALLER, store);
  if (!canResume && !isOffered('stores.suspend', CALLER, store)) return null;
  return (
    <button
      type="button"
      {...(canResume ? { 'data-kind': 'primary' } : {})}
      onClick={() => void (canResume ? resume : suspend)([store])}
      disabled={pending || offline}
      {...explanation}
    >
      {canResume ? 'Resume' : 'Suspend'}
    </button>
  );
}

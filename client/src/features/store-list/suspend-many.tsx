import { isOffered, type Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useCaller } from '../../live/caller.tsx';
import { useOffline } from '../../live/use-offline.ts';
import { useStoreActs } from '../store-acts/use-store-acts.ts';

/** Suspends and resumes those of the selected stores that can be; offers only what some of them can. */
export function SuspendMany({ chosen }: { chosen: readonly Store[] }): ReactNode {
  const caller = useCaller();
  const { offline, explanation } = useOffline();
  const { pending, suspend, resume } = useStoreActs();
  const acts = [
    { label: 'Suspend', stores: chosen.filter((store) => isOffered('stores.suspend', caller, store)), act: suspend },
    { label: 'Resume', stores: chosen.filter((store) => isOffered('stores.resume', caller, store)), act: resume },
  ];
  return acts
    .filter(({ stores }) => stores.length > 0)
    .map(({ label, stores, act }) => (
      <button
        key={label}
        type="button"
        data-size="small"
        disabled={pending || offline}
        {...explanation}
        onClick={() => void act(stores)}
      >
        {label} {stores.length}
      </button>
    ));
}

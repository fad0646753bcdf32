import type { Store } from '@shopyard/contracts';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCaller } from '../../live/caller.tsx';
import { useOffline } from '../../live/use-offline.ts';
import { Menu } from '../../ui/menu.tsx';
import { isPossible } from '../store-acts/acts-of.ts';
import { useStoreActs } from '../store-acts/use-store-acts.ts';
import styles from './store-acts.module.css';
import { SuspendDialog } from './suspend-dialog.tsx';

/** Suspends the store at once, as that can be undone, or resumes it. Whoever wants to say why is asked first. */
export function SuspendButton({ store }: { store: Store }): ReactNode {
  const caller = useCaller();
  const { offline, explanation } = useOffline();
  const { pending, suspend, resume } = useStoreActs();
  const [asking, setAsking] = useState(false);
  const canResume = isPossible('resume', store, caller);
  if (!canResume && !isPossible('suspend', store, caller)) return null;
  return (
    <>
      <span className={styles.split}>
        <button
          type="button"
          {...(canResume ? { 'data-kind': 'primary' } : {})}
          onClick={() => void (canResume ? resume : suspend)([store])}
          disabled={pending || offline}
          {...explanation}
        >
          {canResume ? 'Resume' : 'Suspend'}
        </button>
        {!canResume && !offline && (
          <Menu
            label="Suspend in another way"
            items={[{ label: 'Suspend with a reason…', onSelect: () => setAsking(true) }]}
          >
            <ChevronDown aria-hidden />
          </Menu>
        )}
      </span>
      {asking && (
        <SuspendDialog
          store={store}
          onClose={() => setAsking(false)}
          onSuspend={(reason) => {
            setAsking(false);
            void suspend([store], reason);
          }}
        />
      )}
    </>
  );
}

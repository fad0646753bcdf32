import { isOffered, type Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useCaller } from '../../live/caller.tsx';
import { useEngine } from '../../live/engines.ts';
import { useOffline } from '../../live/use-offline.ts';
import { resolveHandles } from '../store-page/resolve-handles.ts';
import { StoreHandles } from '../store-page/store-handles.tsx';
import styles from './store-table.module.css';

interface NextActionProps {
  store: Store;
  onRetry: (stores: Store[]) => void;
}

/** The main handle on what is wrong, or a retry if there is none. For cards: wider screens show it beside the list. */
export function NextAction({ store, onRetry }: NextActionProps): ReactNode {
  const { offline, explanation } = useOffline();
  const caller = useCaller();
  const engine = useEngine(store.engine);
  const [main] = resolveHandles(store, { pods: [], engine, log: undefined, caller });
  if (!main && !isOffered('stores.retry', caller, store)) return null;
  return (
    <p className={styles.next}>
      {main ? (
        <StoreHandles id={store.id} handles={[main]} />
      ) : (
        <button type="button" data-size="small" disabled={offline} onClick={() => onRetry([store])} {...explanation}>
          Retry
        </button>
      )}
    </p>
  );
}

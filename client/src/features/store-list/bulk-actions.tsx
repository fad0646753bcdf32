import { isOffered, rightRefusal, type Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useCaller } from '../../live/caller.tsx';
import { useOffline } from '../../live/use-offline.ts';
import { copyText } from '../../ui/copy-button.tsx';
import styles from './store-list.module.css';
import { SuspendMany } from './suspend-many.tsx';

interface BulkActionsProps {
  /** The selected stores, all of which are shown. */
  chosen: readonly Store[];
  shown: readonly Store[];
  pending: boolean;
  onSelect: (stores: readonly Store[]) => void;
  onRetry: (stores: Store[]) => void;
  onDelete: (stores: Store[]) => void;
}

/** Says what is selected, and acts on exactly that. The Delete key acts on the same stores. */
export function BulkActions({ chosen, shown, pending, onSelect, onRetry, onDelete }: BulkActionsProps): ReactNode {
  const { offline, explanation } = useOffline();
  const caller = useCaller();
  const retryable = chosen.filter((store) => isOffered('stores.retry', caller, store));
  const mayRetry = chosen.some((store) => !rightRefusal('stores.retry', caller, store));
  const deletable = chosen.filter((store) => !rightRefusal('stores.remove', caller, store));
  const ready = shown.filter(({ phase }) => phase === 'Ready');
  const names = chosen.map(({ name }) => name).join('\n');
  if (chosen.length === 0) return null;
  return (
    <section className={styles.bulk} aria-label="Selected stores">
      <strong aria-live="polite">{chosen.length} selected</strong>
      {chosen.length < shown.length && (
        <button type="button" data-kind="quiet" data-size="small" onClick={() => onSelect(shown)}>
          Select all {shown.length} shown
        </button>
      )}
      {ready.length > 0 && ready.length < shown.length && (
        <button type="button" data-kind="quiet" data-size="small" onClick={() => onSelect(ready)}>
          Select all Ready
        </button>
      )}
      <span className={styles.acts}>
        {mayRetry && (
          <button
            type="button"
            data-size="small"
            disabled={retryable.length === 0 || pending || offline}
            {...explanation}
            onClick={() => onRetry(retryable)}
          >
            Retry {retryable.length > 0 && retryable.length}
          </button>
        )}
        <SuspendMany chosen={chosen} />
        <button type="button" data-size="small" onClick={() => void copyText(names)}>
          Copy names
        </button>
        {deletable.length > 0 && (
          <button
            type="button"
            data-size="small"
            data-kind="danger"
            disabled={pending || offline}
            {...explanation}
            onClick={() => onDelete(deletable)}
          >
            Delete {deletable.length}
          </button>
        )}
        <button type="button" data-size="small" data-kind="quiet" onClick={() => onSelect([])}>
          Clear
        </button>
      </span>
    </section>
  );
}

import { isOffered, type Store } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { CALLER } from '../../lib/caller.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';
import styles from './store-list.module.css';

interface BulkActionsProps {
  /** The selected stores. */
  chosen: readonly Store[];
  /** Stores whose deletion awaits confirmation. */
  deleting: readonly Store[] | undefined;
  onDelete: (stores: Store[] | undefined) => void;
  onDone: () => void;
}

/** Actions on several stores at once. */
export function BulkActions({ chosen, deleting, onDelete, onDone }: BulkActionsProps): ReactNode {
  const { offline, explanation } = useOffline();
  const remove = trpc.stores.remove.useMutation();
  const retry = trpc.stores.retry.useMutation();
  const [failed, setFailed] = useState<string>();
  const each = async (stores: readonly Store[], act: (input: { id: string }) => Promise<unknown>): Promise<void> => {
    const results = await Promise.allSettled(stores.map(({ id }) => act({ id })));
    const refused = results.flatMap((result, index) =>
      result.status === 'rejected' ? [`${stores[index]?.name}: ${describeError(result.reason)}`] : [],
    );
    setFailed(refused.join(' ') || undefined);
    if (refused.length === 0) onDone();
  };
  const retryable = chosen.filter((store) => isOffered('stores.retry', CALLER, store));
  const [only] = deleting ?? [];
  const phrase = deleting?.length === 1 ? (only?.name ?? '') : `delete ${deleting?.length ?? 0} stores`;

  return (
    <>
      {chosen.length > 0 && (
        <section className={styles.bulk} aria-label="Selected stores">
          <span>{chosen.length} selected</span>
          <button
            type="button"
            disabled={retryable.length === 0 || retry.isPending || offline}
            {...explanation}
            onClick={() => void each(retryable, retry.mutateAsync)}
          >
            Retry {retryable.length > 0 && retryable.length}
          </button>
          <button
            type="button"
            data-kind="danger"
            onClick={() => onDelete([...chosen])}
            disabled={offline}
            {...explanation}
          >
            Delete {chosen.length}
          </button>
          <button type="button" onClick={onDone}>
            Clear
          </button>
        </section>
      )}
      {failed && (
        <p role="alert" className={styles.failed}>
          {failed}
        </p>
      )}
      {deleting && (
        <ConfirmByName
          phrase={phrase}
          title={deleting.length === 1 ? `Delete ${only?.name}?` : `Delete ${deleting.length} stores?`}
          action={deleting.length === 1 ? 'Delete store' : `Delete ${deleting.length} stores`}
          pending={remove.isPending}
          error={failed}
          onConfirm={() => void each(deleting, remove.mutateAsync)}
          onClose={() => onDelete(undefined)}
        >
          <p>
            Deletes each store's release, namespace and volumes: products, orders, customers, uploads. This can't be
            undone.
          </p>
          {deleting.length > 1 && <p className={styles.names}>{deleting.map(({ name }) => name).join(', ')}</p>}
        </ConfirmByName>
      )}
    </>
  );
}

import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';

/** Confirms a deletion, which is irreversible. For a store that has never been Ready it cancels the creation. */
export function DeleteStoreDialog({ store, onClose }: { store: Store; onClose: () => void }): ReactNode {
  const remove = trpc.stores.remove.useMutation({ onSuccess: onClose });
  const cancel = isComingUp(store);
  return (
    <ConfirmByName
      phrase={store.name}
      title={cancel ? `Cancel the creation of ${store.name}?` : `Delete ${store.name}?`}
      action={cancel ? 'Cancel creation and delete' : 'Delete store'}
      pending={remove.isPending}
      error={remove.error ? describeError(remove.error) : undefined}
      onConfirm={() => remove.mutate({ id: store.id })}
      onClose={onClose}
    >
      <p>
        {cancel
          ? `Stops the installation and deletes the namespace ${store.namespace} with everything in it.`
          : `Deletes the release, the namespace ${store.namespace} and the volumes: products, orders, customers, uploads.`}{' '}
        This can't be undone.
      </p>
    </ConfirmByName>
  );
}

/** Whether the store is being created and has never been Ready. */
export function isComingUp({ phase, readyAt }: Store): boolean {
  return readyAt === undefined && (phase === 'Queued' || phase === 'Provisioning');
}

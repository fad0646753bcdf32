import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { wordsOf } from '../../lib/error-words.ts';
import { trpc } from '../../lib/trpc.ts';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';

/** Deleting is for good; of a store that is not up yet it is called off. */
export function DeleteStoreDialog({ store, onClose }: { store: Store; onClose: () => void }): ReactNode {
  const remove = trpc.stores.remove.useMutation({ onSuccess: onClose });
  const cancel = isComingUp(store);
  return (
    <ConfirmByName
      phrase={store.name}
      title={cancel ? `Call off ${store.name}?` : `Delete ${store.name}?`}
      action={cancel ? 'Call off and delete' : 'Delete store'}
      pending={remove.isPending}
      error={remove.error ? wordsOf(remove.error) : undefined}
      onConfirm={() => remove.mutate({ id: store.id })}
      onClose={onClose}
    >
      <p>
        {cancel
          ? `Stops what is being installed, and removes the namespace ${store.namespace} with all that is in it so far.`
          : `Removes the release, the namespace ${store.namespace} and the volumes: products, orders, customers, uploads.`}{' '}
        This can't be undone.
      </p>
    </ConfirmByName>
  );
}

/** It has never been Ready. */
export function isComingUp({ phase, readyAt }: Store): boolean {
  return readyAt === undefined && (phase === 'Queued' || phase === 'Provisioning');
}

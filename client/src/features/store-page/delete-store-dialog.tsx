import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { ConfirmByName } from './confirm-by-name.tsx';

/** Deleting is for good. */
export function DeleteStoreDialog({ store, onClose }: { store: Store; onClose: () => void }): ReactNode {
  const remove = trpc.stores.remove.useMutation({ onSuccess: onClose });
  return (
    <ConfirmByName
      name={store.name}
      title={`Delete ${store.name}?`}
      action="Delete store"
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate({ id: store.id })}
      onClose={onClose}
    >
      <p>
        Removes the release, the namespace {store.namespace} and the volumes: products, orders, customers, uploads. This
        can't be undone.
      </p>
    </ConfirmByName>
  );
}

import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';

/** Confirms removing finalizers from a store whose namespace is stuck in termination. */
export function ForceRemoveDialog({ store, onClose }: { store: Store; onClose: () => void }): ReactNode {
  const force = trpc.stores.forceRemove.useMutation({ onSuccess: onClose });
  return (
    <ConfirmByName
      phrase={store.name}
      title={`Force the deletion of ${store.name}?`}
      action="Remove finalizers"
      pending={force.isPending}
      error={force.error ? describeError(force.error) : undefined}
      onConfirm={() => force.mutate({ id: store.id, confirm: store.name })}
      onClose={onClose}
    >
      <p>
        Removes the finalizers from the store's own objects. This skips the cleanup that they wait for, such as taking a
        snapshot or releasing a disk, and may leave resources behind outside the cluster.
      </p>
      <p>{store.message}</p>
    </ConfirmByName>
  );
}

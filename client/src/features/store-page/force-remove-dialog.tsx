import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { wordsOf } from '../../lib/error-words.ts';
import { trpc } from '../../lib/trpc.ts';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';

/** For a store whose namespace does not go. */
export function ForceRemoveDialog({ store, onClose }: { store: Store; onClose: () => void }): ReactNode {
  const force = trpc.stores.forceRemove.useMutation({ onSuccess: onClose });
  return (
    <ConfirmByName
      phrase={store.name}
      title={`Force the removal of ${store.name}?`}
      action="Take finalizers off"
      pending={force.isPending}
      error={force.error ? wordsOf(force.error) : undefined}
      onConfirm={() => force.mutate({ id: store.id, confirm: store.name })}
      onClose={onClose}
    >
      <p>
        Takes the finalizers off the store's own objects. Whoever set them wanted something done first, such as a
        snapshot or a disk released: that is skipped, and may be left behind outside the cluster.
      </p>
      <p>{store.message}</p>
    </ConfirmByName>
  );
}

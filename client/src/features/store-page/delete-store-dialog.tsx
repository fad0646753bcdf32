import type { Store } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';
import { useLateRemoval } from '../store-acts/use-late-removal.ts';
import { useStoreActs } from '../store-acts/use-store-acts.ts';

/** A store that is younger than this is deleted without typing its name, and the deletion can be undone. */
const YOUNG_MS = 60_000;

interface DeleteStoreDialogProps {
  store: Store;
  onClose: () => void;
}

/** Confirms a deletion, which is irreversible. For a store that has never been Ready it cancels the creation. */
export function DeleteStoreDialog({ store, onClose }: DeleteStoreDialogProps): ReactNode {
  const { remove } = useStoreActs();
  const removeSoon = useLateRemoval(remove);
  const cancel = isComingUp(store);
  const [young] = useState(() => Date.now() - Date.parse(store.createdAt) < YOUNG_MS);
  return (
    <ConfirmByName
      phrase={store.name}
      untyped={
        young
          ? "It is new, so you don't have to type its name, and you can undo this for a few seconds"
          : cancel
            ? "It has never been ready, so you don't have to type its name"
            : undefined
      }
      title={cancel ? `Cancel the creation of ${store.name}?` : `Delete ${store.name}?`}
      action={cancel ? 'Cancel creation and delete' : 'Delete store'}
      pending={false}
      error={undefined}
      onConfirm={(typed) => {
        if (typed || !young) void remove([store]);
        else removeSoon(store);
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        {cancel
          ? `Stops the installation and deletes the namespace ${store.namespace} with everything in it.`
          : `Deletes the release, the namespace ${store.namespace} and the volumes: products, orders, customers, uploads.`}{' '}
        {!young && "This can't be undone."}
      </p>
    </ConfirmByName>
  );
}

/** Whether the store is being created and has never been Ready. */
export function isComingUp({ phase, readyAt }: Store): boolean {
  return readyAt === undefined && (phase === 'Queued' || phase === 'Provisioning');
}

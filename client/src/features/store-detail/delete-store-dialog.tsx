import type { Store } from '@shopyard/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { Modal } from '../../ui/modal.tsx';
import styles from './store-detail.module.css';

/** Deleting is for good, so the name has to be typed. */
export function DeleteStoreDialog({ store, onClose }: { store: Store; onClose: () => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const remove = trpc.stores.remove.useMutation({ onSuccess: onClose });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed === store.name) remove.mutate({ id: store.id });
  };
  return (
    <Modal title={`Delete ${store.name}?`} onClose={onClose}>
      <form onSubmit={submit}>
        <p>
          Removes the release, the namespace {store.namespace} and the volumes: products, orders, customers, uploads.
          This can't be undone.
        </p>
        <label className={styles.field}>
          Type the name to confirm
          <input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </label>
        {remove.error && (
          <p role="alert" className={styles.error}>
            {remove.error.message}
          </p>
        )}
        <p className={styles.buttons}>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" data-kind="danger" disabled={typed !== store.name || remove.isPending}>
            Delete store
          </button>
        </p>
      </form>
    </Modal>
  );
}

import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { ConfirmByName } from '../../ui/confirm-by-name.tsx';
import styles from './store-list.module.css';
import type { StoreActs } from '../store-acts/use-store-acts.ts';

/** More than anybody reads, and their number is in the title. */
const NAMED = 50;

interface DeleteStoresDialogProps {
  stores: readonly Store[];
  acts: StoreActs;
  onDeleted: () => void;
  onClose: () => void;
}

/** Asks for the name of one store, or for a phrase with the number of several. */
export function DeleteStoresDialog({ stores, acts, onDeleted, onClose }: DeleteStoresDialogProps): ReactNode {
  const [only] = stores;
  const what = stores.length === 1 && only ? only.name : `${stores.length} stores`;
  const remove = async (): Promise<void> => {
    // The refusals of the others are shown in the list.
    if ((await acts.remove(stores)).length > 0) onDeleted();
  };
  return (
    <ConfirmByName
      phrase={stores.length === 1 ? what : `delete ${what}`}
      title={`Delete ${what}?`}
      action={stores.length === 1 ? 'Delete store' : `Delete ${what}`}
      pending={acts.pending}
      error={acts.refused.join(' ') || undefined}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <p>
        Deletes each store&apos;s release, namespace and volumes: products, orders, customers, uploads. This can&apos;t
        be undone.
      </p>
      {stores.length > 1 && <p className={styles.names}>{namesOf(stores)}</p>}
    </ConfirmByName>
  );
}

function namesOf(stores: readonly Store[]): string {
  const named = stores.slice(0, NAMED).map(({ name }) => name);
  const more = stores.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

import type { Store } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { ReleaseView } from '../store-page/release-view.tsx';
import styles from './revisions.module.css';

/** Effective values and manifest as they are installed, read once somebody opens it. */
export function Installed({ store, isOpen }: { store: Store; isOpen: boolean }): ReactNode {
  const [open, setOpen] = useState(isOpen);
  return (
    <details className={styles.installed} open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Values and manifest as installed</summary>
      {open && <ReleaseView store={store} />}
    </details>
  );
}

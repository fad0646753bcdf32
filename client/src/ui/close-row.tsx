import type { ReactNode } from 'react';
import styles from './modal.module.css';

/** The end of a dialog that has nothing to confirm. */
export function CloseRow({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <p className={styles.buttons}>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </p>
  );
}

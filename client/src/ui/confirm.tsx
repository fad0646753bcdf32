import type { ReactNode } from 'react';
import { describeError } from '../lib/describe-error.ts';
import { useOffline } from '../live/use-offline.ts';
import styles from './modal.module.css';
import { Modal } from './modal.tsx';

interface ConfirmProps {
  title: string;
  /** Label of the button that does it. */
  action: string;
  danger?: boolean;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  /** What follows from it. */
  children: ReactNode;
}

/** Asks before something that others notice, and that can be done again. */
export function Confirm(props: ConfirmProps): ReactNode {
  const { title, action, danger = true, pending, error, onConfirm, onClose, children } = props;
  const { offline, explanation } = useOffline();
  return (
    <Modal title={title} onClose={onClose}>
      {children}
      {error ? (
        <p role="alert" className={styles.error}>
          {describeError(error)}
        </p>
      ) : undefined}
      <p className={styles.buttons}>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          data-kind={danger ? 'danger' : 'primary'}
          disabled={pending || offline}
          onClick={onConfirm}
          {...explanation}
        >
          {action}
        </button>
      </p>
    </Modal>
  );
}

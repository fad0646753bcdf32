import { type FormEvent, type ReactNode, useState } from 'react';
import { useOffline } from '../live/use-offline.ts';
import { Modal } from './modal.tsx';
import styles from './modal.module.css';

interface ConfirmByNameProps {
  /** The text to type: the store's name, or a sentence for several stores. */
  phrase: string;
  title: string;
  /** Label of the confirm button. */
  action: string;
  /** True while the action is in progress. */
  pending: boolean;
  error: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
  /** Describes the consequences. */
  children: ReactNode;
}

/** Confirms an irreversible action: the user has to type `phrase`. */
export function ConfirmByName({
  phrase,
  title,
  action,
  pending,
  error,
  onConfirm,
  onClose,
  children,
}: ConfirmByNameProps): ReactNode {
  const [typed, setTyped] = useState('');
  const { offline } = useOffline();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed === phrase && !offline) onConfirm();
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={submit}>
        {children}
        <label className={styles.field}>
          <span>
            Type <b>{phrase}</b> to confirm
          </span>
          <input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </label>
        {(offline || error) && (
          <p role="alert" className={styles.error}>
            {offline ? "The server isn't responding. Wait until it is back." : error}
          </p>
        )}
        <p className={styles.buttons}>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" data-kind="danger" disabled={typed !== phrase || pending || offline}>
            {action}
          </button>
        </p>
      </form>
    </Modal>
  );
}

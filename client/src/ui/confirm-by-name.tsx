import { type FormEvent, type ReactNode, useState } from 'react';
import { useOffline } from '../live/use-offline.ts';
import { Modal } from './modal.tsx';
import styles from './modal.module.css';

interface ConfirmByNameProps {
  /** The text to type: the store's name, or a sentence for several stores. */
  phrase: string;
  /** Says why nothing has to be typed. Then a wrong text still prevents the action, and no text doesn't. */
  untyped?: string | undefined;
  title: string;
  /** Label of the confirm button. */
  action: string;
  /** True while the action is in progress. */
  pending: boolean;
  error: string | undefined;
  /** `typed`: whether the phrase was typed. */
  onConfirm: (typed: boolean) => void;
  onClose: () => void;
  /** Describes the consequences. */
  children: ReactNode;
}

/** Confirms an irreversible action: the user has to type `phrase`. */
export function ConfirmByName({
  phrase,
  untyped,
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
  const confirmed = typed === phrase || (untyped !== undefined && typed === '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (confirmed && !offline) onConfirm(typed !== '');
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={submit}>
        {children}
        <label className={styles.field}>
          <span>
            {untyped ?? (
              <>
                Type <b>{phrase}</b> to confirm
              </>
            )}
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
          <button type="submit" data-kind="danger" disabled={!confirmed || pending || offline}>
            {action}
          </button>
        </p>
      </form>
    </Modal>
  );
}

import type { ReactNode } from 'react';
import { useOffline } from '../../live/use-offline.ts';
import styles from './create-store.module.css';

interface FormFooterProps {
  /** Label of the submit button. */
  action: string;
  disabled: boolean;
  /** What went wrong with the form as a whole. */
  problems: readonly string[];
  onCancel: () => void;
  more: { checked: boolean; onChange: (checked: boolean) => void };
}

export function FormFooter({ action, disabled, problems, onCancel, more }: FormFooterProps): ReactNode {
  const { offline } = useOffline();
  return (
    <>
      {(offline || problems.length > 0) && (
        <div role="alert" className={styles.refused}>
          {offline
            ? "The server isn't responding. What you typed is kept; create the store when it is back."
            : problems.map((problem) => <p key={problem}>{problem}</p>)}
        </div>
      )}
      <div className={styles.footer}>
        <label>
          <input type="checkbox" checked={more.checked} onChange={(event) => more.onChange(event.target.checked)} />
          Create more
        </label>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" data-kind="primary" disabled={disabled || offline}>
          {action}
        </button>
      </div>
    </>
  );
}

import type { ReactNode } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { readIssues } from '../../lib/read-issues.ts';
import styles from './settings.module.css';

interface SavingProps {
  pending: boolean;
  /** There is something to remove. */
  given: boolean;
  offline: boolean;
  /** One that names fields is shown there. */
  error: unknown;
  onRemove: () => void;
}

/** The end of either form. */
export function Saving({ pending, given, offline, error, onRemove }: SavingProps): ReactNode {
  return (
    <>
      {error !== null && readIssues(error).length === 0 && (
        <p role="alert" className={styles.issue}>
          {describeError(error)}
        </p>
      )}
      <p className={styles.buttons}>
        <button type="submit" data-size="small" disabled={pending || offline}>
          Save
        </button>
        {given && (
          <button type="button" data-size="small" data-kind="quiet" disabled={pending || offline} onClick={onRemove}>
            Remove
          </button>
        )}
      </p>
    </>
  );
}

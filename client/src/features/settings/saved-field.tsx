import type { ReactNode } from 'react';
import { readIssues } from '../../lib/read-issues.ts';
import { toSentence } from '../../lib/to-sentence.ts';
import styles from './settings.module.css';

interface SavedFieldProps {
  id: string;
  label: string;
  /** What the server said of it. */
  issue: string | undefined;
  children: (control: { id: string; 'aria-invalid': boolean; 'aria-describedby': string }) => ReactNode;
}

/** A field of a form that is saved without a review. */
export function SavedField({ id, label, issue, children }: SavedFieldProps): ReactNode {
  return (
    <div className={styles.field} data-wrong={issue !== undefined}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': issue !== undefined, 'aria-describedby': `${id}-issue` })}
      <p id={`${id}-issue`} className={styles.issue} role="alert">
        {issue === undefined ? '' : toSentence(issue)}
      </p>
    </div>
  );
}

/** What an error of the server says about one field of the input. */
export function issueIn(error: unknown, path: string): string | undefined {
  return readIssues(error).find((issue) => issue.path === path)?.message;
}

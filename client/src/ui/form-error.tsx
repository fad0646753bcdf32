import type { ReactNode } from 'react';
import { describeError } from '../lib/describe-error.ts';
import { readIssues } from '../lib/read-issues.ts';
import styles from './form.module.css';

/** What went wrong with a form as a whole; what names a field is shown there. `fields`: those that the form has. */
export function FormError({ error, fields }: { error: unknown; fields: readonly string[] }): ReactNode {
  const issues = readIssues(error);
  const isShown = issues.length > 0 && issues.every(({ path }) => fields.includes(path));
  return (
    <p role="alert" className={styles.issue}>
      {error && !isShown ? describeError(error) : ''}
    </p>
  );
}

/** What the error says about one field of the form. */
export function issueOf(error: unknown, field: string): string | undefined {
  return readIssues(error).find(({ path }) => path === field)?.message;
}

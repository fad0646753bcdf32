import { type ReactNode, useId } from 'react';
import { toSentence } from '../../lib/to-sentence.ts';
import type { Issue } from './issues.ts';
import styles from './create-store.module.css';

/** Props that tie a control to its label, hint and issues. */
export interface ControlProps {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** Shown in place of the hint. */
  issues: readonly Issue[];
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control. Screen readers announce what is wrong as it appears. */
export function Field({ label, hint, issues, children }: FieldProps): ReactNode {
  const id = useId();
  const wrong = issues.length > 0;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': wrong, 'aria-describedby': `${id}-hint` })}
      <div id={`${id}-hint`} className={styles.hint} data-wrong={wrong} aria-live="polite">
        {wrong ? <IssueList issues={issues} /> : hint}
      </div>
    </div>
  );
}

/** Every issue, with the line of the YAML that it is about. */
export function IssueList({ issues }: { issues: readonly Issue[] }): ReactNode {
  return issues.map(({ line, message }) => (
    <p key={`${line} ${message}`}>
      {line !== undefined && <b>Line {line}: </b>}
      {toSentence(message)}
    </p>
  ));
}

import { type ReactNode, useId } from 'react';
import { toSentence } from '../lib/to-sentence.ts';
import styles from './form.module.css';

interface LabelledFieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong, shown in place of the hint. */
  issue?: string | undefined;
  children: (control: { id: string; 'aria-invalid': boolean; 'aria-describedby': string }) => ReactNode;
}

/** A control with its label, and a hint or what is wrong with it. */
export function LabelledField({ label, hint, issue, children }: LabelledFieldProps): ReactNode {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': issue !== undefined, 'aria-describedby': `${id}-hint` })}
      <p id={`${id}-hint`} className={issue === undefined ? styles.hint : styles.issue} aria-live="polite">
        {issue === undefined ? hint : toSentence(issue)}
      </p>
    </div>
  );
}

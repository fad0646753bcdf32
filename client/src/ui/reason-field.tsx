import { type ReactNode, useId } from 'react';
import styles from './reason-field.module.css';

/** As many characters as the server takes. */
const LONGEST = 500;

interface ReasonFieldProps {
  value: string;
  onChange: (reason: string) => void;
  required?: boolean;
}

/** Why somebody does something to a store, for its history. */
export function ReasonField({ value, onChange, required = false }: ReasonFieldProps): ReactNode {
  const field = useId();
  return (
    <label htmlFor={field} className={styles.reason}>
      {required ? 'Reason (recorded in Activity)' : 'Reason (optional)'}
      <input
        id={field}
        value={value}
        maxLength={LONGEST}
        required={required}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

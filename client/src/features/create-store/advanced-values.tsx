import { type ReactNode, useId } from 'react';
import styles from './create-store.module.css';

/** Field for further Helm values as YAML; the server checks them against the chart's schema. */
export function AdvancedValues({ text, onChange }: { text: string; onChange: (text: string) => void }): ReactNode {
  const hint = useId();
  return (
    <details className={styles.advanced}>
      <summary>Advanced values</summary>
      <textarea
        rows={6}
        value={text}
        aria-label="Advanced values, as YAML"
        aria-describedby={hint}
        spellCheck={false}
        placeholder={'store:\n  title: Mugs and more\n  currency: USD'}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={hint} className={styles.hint}>
        Helm values as YAML, merged over the chart's defaults and checked against its schema. Don't put secrets here.
      </p>
    </details>
  );
}

import type { EngineView } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { IssueList } from './field.tsx';
import type { Issue } from './issues.ts';
import styles from './create-store.module.css';

interface SizeChoiceProps {
  engine: EngineView | undefined;
  size: string | undefined;
  issues: readonly Issue[];
  onChange: (size: string) => void;
}

/** Choice of the engine's sizes, in words of a shop. */
export function SizeChoice({ engine, size, issues, onChange }: SizeChoiceProps): ReactNode {
  return (
    <fieldset className={styles.sizes}>
      <legend>Size</legend>
      {engine?.sizes.map(({ name, suits, memoryBytes, storageBytes }) => (
        <label key={name} data-chosen={size === name}>
          <input type="radio" name="size" value={name} checked={size === name} onChange={() => onChange(name)} />
          <b>{capitalized(name)}</b>
          {suits && <span>{suits}</span>}
          <small>{`${formatGigabytes(memoryBytes)}\u00A0memory, ${formatGigabytes(storageBytes)}\u00A0disk`}</small>
        </label>
      ))}
      <div className={styles.hint} data-wrong aria-live="polite">
        <IssueList issues={issues} />
      </div>
    </fieldset>
  );
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Such as `1.3 GB`, where Kubernetes says 1.25 Gi. */
function formatGigabytes(bytes: number): string {
  return `${Math.round((bytes / 1024 ** 3) * 10) / 10}\u00A0GB`;
}

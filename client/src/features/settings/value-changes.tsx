import type { ReactNode } from 'react';
import styles from './review.module.css';
import { toText } from './value-control.tsx';

interface ValueChange {
  name: string;
  before?: unknown;
  after?: unknown;
}

/** Values before and after, by the names that people know. */
export function ValueChanges({ rows }: { rows: readonly ValueChange[] }): ReactNode {
  return (
    <ul className={styles.values} aria-label="Values">
      {rows.map(({ name, before, after }) => (
        <li key={name}>
          <span className={styles.name}>{name}</span>
          <span className={styles.change}>
            <del>{toWords(before)}</del>
            <span aria-hidden> → </span>
            <span className="visually-hidden">becomes</span>
            <ins>{toWords(after)}</ins>
          </span>
        </li>
      ))}
      {rows.length === 0 && <li>The effective values stay the same.</li>}
    </ul>
  );
}

/** A value in a sentence. */
export function toWords(value: unknown): string {
  return value === '' ? 'empty' : toText(value) || 'not set';
}

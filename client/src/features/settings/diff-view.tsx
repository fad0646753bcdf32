import type { ObjectChange } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './review.module.css';

const VERDICT: Record<ObjectChange['verdict'], string> = { created: 'New', changed: 'Changed', removed: 'Removed' };
const KIND: Record<string, string | undefined> = { '+': 'added', '-': 'removed', '@': 'place' };

/** One object of Kubernetes and how it changes, folded. */
export function ObjectDiff({ change: { kind, name, verdict, diff } }: { change: ObjectChange }): ReactNode {
  const lines = diff === '' ? [] : diff.split('\n');
  const count = (mark: string): number => lines.filter((line) => line.startsWith(mark)).length;
  return (
    <details className={styles.object}>
      <summary>
        <span className={styles.verdict} data-verdict={verdict}>
          {VERDICT[verdict]}
        </span>
        <span className={styles.objectName}>
          {kind} {name}
        </span>
        <span className={styles.counts}>
          <ins>+{count('+')}</ins> <del>−{count('-')}</del>
        </span>
      </summary>
      {lines.length > 0 ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        <pre className={styles.diff} tabIndex={0} aria-label={`Difference of ${kind} ${name}`}>
          {lines.map((line, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have no identity
            <span key={at} data-line={KIND[line.charAt(0)]}>
              {line}
              {'\n'}
            </span>
          ))}
        </pre>
      ) : (
        <p className={styles.note}>Only a secret differs, which is not shown.</p>
      )}
    </details>
  );
}

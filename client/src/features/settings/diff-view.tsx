import type { ObjectVerdict, PlannedObject } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './review.module.css';
import { toSentence } from '../../lib/to-sentence.ts';

const VERDICT: Record<ObjectVerdict, string> = {
  unchanged: 'Stays',
  created: 'New',
  changed: 'Changed',
  restarts: 'Restarts',
  replaced: 'Replaced',
  removed: 'Removed',
  refused: 'Refused',
};
const KIND: Record<string, string | undefined> = { '+': 'added', '-': 'removed', '@': 'place' };

/** One object of Kubernetes and how it changes, folded. */
export function ObjectDiff({ object: { kind, name, verdict, why, diff } }: { object: PlannedObject }): ReactNode {
  const lines = diff === '' ? [] : diff.split('\n');
  const count = (mark: string): number => lines.filter((line) => line.startsWith(mark)).length;
  const said = why ?? (lines.length === 0 && verdict === 'changed' ? 'Only a secret differs, which is not shown' : why);
  const title = (
    <>
      <span className={styles.verdict} data-verdict={verdict}>
        {VERDICT[verdict]}
      </span>
      <span className={styles.objectName}>
        {kind} {name}
        {said !== undefined && <span className={styles.why}>{toSentence(said)}</span>}
      </span>
    </>
  );
  if (lines.length === 0) return <div className={`${styles.object} ${styles.summary}`}>{title}</div>;
  return (
    <details className={styles.object}>
      <summary className={styles.summary}>
        {title}
        <span className={styles.counts}>
          <ins>+{count('+')}</ins> <del>−{count('-')}</del>
        </span>
      </summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre className={styles.diff} tabIndex={0} aria-label={`Difference of ${kind} ${name}`}>
        {lines.map((line, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no identity
          <span key={at} data-line={KIND[line.charAt(0)]}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
    </details>
  );
}

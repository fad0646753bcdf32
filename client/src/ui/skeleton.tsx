import type { ReactNode } from 'react';
import styles from './skeleton.module.css';

const LINES = [60, 90, 75];

/** Placeholder in the shape of what is loading. Widths are percentages, one per line. */
export function Skeleton({ lines = LINES }: { lines?: readonly number[] }): ReactNode {
  return (
    <div className={styles.skeleton} aria-hidden>
      {lines.map((width, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no identity
        <i key={at} style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  );
}

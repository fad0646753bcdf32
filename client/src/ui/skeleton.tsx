import type { ReactNode } from 'react';
import styles from './skeleton.module.css';

const LINES = [60, 90, 75];

/** Placeholder of text that is loading. Widths are percentages, one per line. */
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

/** Placeholder within a line, which keeps the height of its text. `chars`: how many characters wide. */
export function Bar({ chars }: { chars: number }): ReactNode {
  return <i className={styles.bar} style={{ inlineSize: `${chars}ch` }} aria-hidden />;
}

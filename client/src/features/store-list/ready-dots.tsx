import type { ReactNode } from 'react';
import styles from './store-table.module.css';

/** Above this, the count is shown in digits alone. */
const MAX_DOTS = 6;

/** Ready pods out of all pods. */
export function ReadyDots({ ready, total }: { ready: number; total: number }): ReactNode {
  return (
    <span className={styles.dots}>
      {total <= MAX_DOTS &&
        Array.from({ length: total }, (_, index) => <i key={index} data-ready={index < ready} aria-hidden />)}
      <span className={total <= MAX_DOTS ? 'visually-hidden' : undefined}>
        {ready}/{total}
      </span>
    </span>
  );
}

import type { ReactNode } from 'react';
import styles from './store-list.module.css';

/** More than these are told in digits alone. */
const MAX_PIPS = 6;

/** How many pods are ready, of how many. */
export function PodPips({ ready, total }: { ready: number; total: number }): ReactNode {
  return (
    <span className={styles.pips}>
      {total <= MAX_PIPS &&
        Array.from({ length: total }, (_, index) => <i key={index} data-ready={index < ready} aria-hidden />)}
      <span className={total <= MAX_PIPS ? 'visually-hidden' : undefined}>
        {ready}/{total}
      </span>
    </span>
  );
}

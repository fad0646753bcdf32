import type { HistoryEntry } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { Time } from '../../ui/time.tsx';
import styles from './store-page.module.css';

const MARK: Record<HistoryEntry['kind'], string> = {
  call: '→',
  phase: '●',
  condition: '✓',
  action: '⚙',
  attention: '!',
};

/** History of the store, newest first. */
export function History({ entries }: { entries: HistoryEntry[] }): ReactNode {
  return (
    <section aria-label="History">
      <h3>History</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <ol className={`${styles.list} ${styles.history}`} tabIndex={0} aria-label="Entries, newest first">
        {entries.toReversed().map((entry) => (
          <li key={entry.seq}>
            <span className={styles.mark} aria-hidden>
              {MARK[entry.kind]}
            </span>
            <span>{entry.kind === 'call' ? `${entry.actor}: ${entry.what}` : entry.what}</span>
            <span className={styles.aside}>
              <Time at={entry.at} age />
            </span>
            {entry.message && entry.message !== entry.what && <span className={styles.detail}>{entry.message}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

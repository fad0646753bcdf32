import type { ReactNode } from 'react';
import { useConnection } from '../live/api-provider.tsx';
import { OFFLINE_ID } from '../live/use-offline.ts';
import { useNow } from '../lib/use-now.ts';
import { Time } from '../ui/time.tsx';
import styles from './banner.module.css';

/** While the server is unreachable, says since when and when the next try is. Carries `OFFLINE_ID`. */
export function OfflineBar(): ReactNode {
  const { state, lostAt, retryAt } = useConnection();
  const now = useNow();
  if (!lostAt || state === 'open') return null;
  const left = state === 'closed' && retryAt ? Math.ceil((retryAt.getTime() - now) / 1000) : 0;
  return (
    <aside className={styles.banner} data-tone="bad" aria-label="Offline">
      <strong>Offline.</strong>{' '}
      <span id={OFFLINE_ID}>
        The server isn&apos;t responding. Actions are disabled until it is back; what you typed is kept.
      </span>{' '}
      Showing data from <Time at={lostAt.toISOString()} />. {left > 0 ? `Next try in ${left} s.` : 'Retrying.'}
    </aside>
  );
}

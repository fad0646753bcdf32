import type { ReactNode } from 'react';
import { useConnection } from '../lib/api-provider.tsx';
import { formatClock } from '../lib/duration.ts';
import { OFFLINE_ID } from '../lib/use-offline.ts';
import { useNow } from '../lib/use-now.ts';
import styles from './cluster-banner.module.css';

/** While the server does not answer: since when, when it is tried again, and that nothing can be done until then. */
export function OfflineBar(): ReactNode {
  const { state, lostAt, retryAt } = useConnection();
  const now = useNow();
  if (!lostAt || state === 'open') return null;
  const left = state === 'closed' && retryAt ? Math.ceil((retryAt.getTime() - now) / 1000) : 0;
  return (
    <aside className={styles.banner} data-tone="bad" aria-label="Offline">
      <strong>Offline.</strong>{' '}
      <span id={OFFLINE_ID}>
        The server doesn&apos;t answer. Actions wait until it is back; what you typed is kept.
      </span>{' '}
      What you see is from {formatClock(lostAt.toISOString())}. {left > 0 ? `Next try in ${left} s.` : 'Trying again.'}
    </aside>
  );
}

import { type ReactNode, useState } from 'react';
import { useConnection } from '../lib/api-provider.tsx';
import { formatAge, formatClock } from '../lib/duration.ts';
import styles from './app.module.css';

/** After the server was out of reach: what happened, and that the truth is shown again. */
export function OutageNotice(): ReactNode {
  const { outage } = useConnection();
  const [dismissed, setDismissed] = useState<unknown>();
  if (!outage || dismissed === outage) return null;
  const { from, to } = outage;
  return (
    <output className={styles.notice}>
      The server was out of reach for {formatAge(to.getTime() - from.getTime())}, from {formatClock(from.toISOString())}{' '}
      to {formatClock(to.toISOString())}. What is shown is up to date again.{' '}
      <button type="button" onClick={() => setDismissed(outage)}>
        Dismiss
      </button>
    </output>
  );
}

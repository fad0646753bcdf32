import { type ReactNode, useState } from 'react';
import { useConnection } from '../live/api-provider.tsx';
import { formatAge } from '../lib/duration.ts';
import { Time } from '../ui/time.tsx';
import styles from './app.module.css';

/** After an outage, says when the server was unreachable and that the page is current again. */
export function OutageNotice(): ReactNode {
  const { outage } = useConnection();
  const [dismissed, setDismissed] = useState<unknown>();
  if (!outage || dismissed === outage) return null;
  const { from, to } = outage;
  return (
    <output className={styles.notice}>
      The server was unreachable for {formatAge(to.getTime() - from.getTime())}, from <Time at={from.toISOString()} />{' '}
      to <Time at={to.toISOString()} />. Everything is up to date.{' '}
      <button type="button" onClick={() => setDismissed(outage)}>
        Dismiss
      </button>
    </output>
  );
}

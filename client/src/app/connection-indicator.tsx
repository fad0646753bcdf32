import type { Platform } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useConnection } from '../lib/api-provider.tsx';
import { formatAge, formatClock } from '../lib/duration.ts';
import { useNow } from '../lib/use-now.ts';
import styles from './connection-indicator.module.css';

/** Whether what is shown is the truth: live, reconnecting, or stale since. */
export function ConnectionIndicator({ platform }: { platform: Platform | undefined }): ReactNode {
  const { state, lostAt } = useConnection();
  const now = useNow();
  const { staleSince } = platform?.cluster ?? {};
  const [tone, text, why] = describe();
  return (
    <output className={styles.indicator} data-tone={tone} title={why}>
      {text}
    </output>
  );

  function describe(): [tone: string, text: string, why: string] {
    if (state === 'closed' && lostAt) {
      return ['bad', `Reconnecting, stale for ${formatAge(now - lostAt.getTime())}`, 'The server does not answer.'];
    }
    if (state !== 'open' || !platform) return ['quiet', 'Connecting', 'Waiting for the first snapshot.'];
    if (staleSince) {
      return ['warn', `Stale since ${formatClock(staleSince)}`, 'The server has lost touch with the cluster.'];
    }
    return ['good', 'Live', 'Every change is pushed as it happens.'];
  }
}

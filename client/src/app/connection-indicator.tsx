import type { Platform } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useConnection } from '../live/api-provider.tsx';
import { formatTime } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import styles from './connection-indicator.module.css';

type Words = [tone: string, text: string, why: string, more?: string];

/** Says whether the page is live, reconnecting, or stale since some time. */
export function ConnectionIndicator({ platform }: { platform: Platform | undefined }): ReactNode {
  const [tone, text, why, more] = useWords(platform);
  return (
    <output className={styles.indicator} data-tone={tone} title={why}>
      <span>
        {text}
        {more !== undefined && <span className={styles.more}>{more}</span>}
      </span>
    </output>
  );
}

function useWords(platform: Platform | undefined): Words {
  const { state, lostAt, retryAt } = useConnection();
  const now = useNow();
  const { staleSince } = platform?.cluster ?? {};
  if (lostAt && platform) {
    const left = retryAt ? Math.ceil((retryAt.getTime() - now) / 1000) : 0;
    const next = state === 'closed' && left > 0 ? `next try in ${left} s` : 'retrying';
    return [
      'bad',
      'Reconnecting',
      "The server isn't responding.",
      `, ${next}; stale since ${formatTime(lostAt.toISOString(), { now })}`,
    ];
  }
  if (state !== 'open' || !platform) return ['quiet', 'Connecting', 'Loading stores.'];
  if (staleSince)
    return [
      'warn',
      `Stale since ${formatTime(staleSince, { now })}`,
      'The server has lost its connection to the cluster.',
    ];
  return ['good', 'Live', 'Changes appear as they happen.'];
}

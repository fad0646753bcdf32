import type { Team } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { Meter } from '../../ui/meter.tsx';
import { QUOTA_WORDS, QUOTAS } from './quota-words.ts';
import styles from './teams.module.css';

/** What the team has of what can be limited. */
export function QuotaMeters({ team: { limits, used } }: { team: Team }): ReactNode {
  return (
    <div className={styles.meters}>
      {QUOTAS.map((quota) => (
        <Meter key={quota} label={QUOTA_WORDS[quota].title} used={used[quota]} most={limits[quota]} />
      ))}
    </div>
  );
}

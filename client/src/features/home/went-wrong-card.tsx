import { type Overview, reasonTitle } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { homeHref } from '../../lib/route.ts';
import { formatPeriod, type Period } from './period.ts';
import styles from './home.module.css';

interface WentWrongCardProps extends Pick<Overview, 'failures'> {
  period: Period;
}

/** How often stores came to need attention in the period, by reason. Each leads to those times. */
export function WentWrongCard({ failures, period: { hours, reason: shown } }: WentWrongCardProps): ReactNode {
  const most = failures[0]?.count ?? 1;
  return (
    <section className={styles.card} aria-label="What went wrong">
      <h2>What went wrong</h2>
      {failures.length === 0 ? (
        <p>Nothing in {formatPeriod(hours)}.</p>
      ) : (
        <ul className={styles.bars}>
          {failures.map(({ reason, count }) => (
            // React's types know no custom properties.
            <li key={reason} style={{ ['--share' as string]: count / most }}>
              <a href={homeHref({ hours: String(hours), reason })} aria-current={reason === shown ? 'true' : undefined}>
                {reasonTitle(reason)}
              </a>{' '}
              <b>{count === 1 ? 'once' : `${count} times`}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

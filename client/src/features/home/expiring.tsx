import type { Store } from '@shopyard/contracts';
import { CalendarClock } from 'lucide-react';
import type { ReactNode } from 'react';
import { storeHref } from '../../lib/route.ts';
import { Time } from '../../ui/time.tsx';
import styles from './home.module.css';

/** Stores that were warned of: they are suspended or deleted within three days. */
export function Expiring({ stores }: { stores: readonly Store[] }): ReactNode {
  const soon = stores.flatMap(({ id, name, phase, suspended, expiry }) =>
    expiry?.warned === undefined || phase === 'Deleting' || (suspended && expiry.action === 'suspend')
      ? []
      : [{ id, name, expiry }],
  );
  if (soon.length === 0) return null;
  return (
    <ul className={styles.expiring}>
      {soon.map(({ id, name, expiry }) => (
        <li key={id}>
          <CalendarClock aria-hidden />
          <span>
            <a href={storeHref(id, { tab: 'settings' })}>{name}</a> will be{' '}
            {expiry.action === 'delete' ? 'deleted' : 'suspended'} at <Time at={expiry.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

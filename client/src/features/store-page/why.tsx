import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { formatAge } from '../../lib/duration.ts';
import { useNow } from '../../lib/use-now.ts';
import styles from './store-detail.module.css';

/** Why the store is not Ready, what helps, and when it is tried again by itself. */
export function Why({ store }: { store: Store }): ReactNode {
  if (!store.message) return null;
  return (
    <p className={styles.why} data-failed={store.phase === 'Failed'}>
      <strong>{store.reason}</strong> {store.message}
      {store.retryAt && <NextTry at={store.retryAt} />}
    </p>
  );
}

function NextTry({ at }: { at: string }): ReactNode {
  const left = Date.parse(at) - useNow();
  return <span title={at}> {left > 0 ? `Next try in ${formatAge(left + 999)}.` : 'Trying again.'}</span>;
}

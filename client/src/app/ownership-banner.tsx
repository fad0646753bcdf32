import type { Platform } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './cluster-banner.module.css';

/** Says when this server changes nothing at the cluster, and which stores there it leaves alone. */
export function OwnershipBanner({ platform: { cluster } }: { platform: Platform }): ReactNode {
  const { readOnly, unmanaged = [] } = cluster;
  return (
    <>
      {readOnly !== undefined && (
        <aside role="alert" className={styles.banner} data-tone="bad">
          <strong>Nothing is changed.</strong> {readOnly}
        </aside>
      )}
      {unmanaged.map(({ installation, stores }) => (
        <aside key={installation} className={styles.banner} aria-label="Stores that are not managed here">
          <strong>
            {stores} {stores === 1 ? 'store' : 'stores'} of {installation}, not managed.
          </strong>{' '}
          Another Shopyard made them on this cluster, and this one leaves them as they are. To take them over, start it
          with <code>SHOPYARD_ADOPT={installation}</code>.
        </aside>
      ))}
    </>
  );
}

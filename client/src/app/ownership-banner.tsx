import type { Platform } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useMay } from '../live/caller.tsx';
import styles from './banner.module.css';

/** Says when this server is read-only on the cluster, and which stores there it doesn't manage. */
export function OwnershipBanner({ platform: { cluster } }: { platform: Platform }): ReactNode {
  const { readOnly, unmanaged = [] } = cluster;
  const mayAdopt = useMay('platform.adopt');
  return (
    <>
      {readOnly !== undefined && (
        <div role="alert" className={styles.banner} data-tone="bad">
          <strong>Read-only.</strong> {readOnly}
        </div>
      )}
      {unmanaged.map(({ installation, stores }) => (
        <aside key={installation} className={styles.banner} aria-label="Unmanaged stores">
          <strong>
            {stores} unmanaged {stores === 1 ? 'store' : 'stores'} from {installation}.
          </strong>{' '}
          Another Shopyard created them on this cluster, and this one leaves them alone.{' '}
          {mayAdopt && (
            <>
              To take them over, start it with <code>SHOPYARD_ADOPT={installation}</code>.
            </>
          )}
        </aside>
      ))}
    </>
  );
}

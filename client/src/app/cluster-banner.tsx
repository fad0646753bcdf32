import type { Platform } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './cluster-banner.module.css';

/** Says when the stores run on the embedded cluster, and what that means. */
export function ClusterBanner({ platform: { cluster } }: { platform: Platform }): ReactNode {
  if (cluster.kind !== 'embedded') return null;
  return (
    <aside className={styles.banner} aria-label="About this cluster">
      <strong>Embedded cluster.</strong>{' '}
      {cluster.stores === 'wordpress'
        ? 'Stores here are WordPress and WooCommerce in Node on this machine, with SQLite; the MariaDB pods are simulated. Not for production.'
        : 'Stores here are simulated on this machine.'}{' '}
      For real ones, start Shopyard with <code>SHOPYARD_CLUSTER=kubeconfig</code>.
    </aside>
  );
}

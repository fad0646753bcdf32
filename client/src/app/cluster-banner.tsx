import type { Platform } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './cluster-banner.module.css';

/** Says when the stores run on the embedded cluster, and what that means. */
export function ClusterBanner({ platform: { cluster, engines } }: { platform: Platform }): ReactNode {
  if (cluster.kind !== 'embedded') return null;
  const real = engines.filter(({ runs }) => runs === 'real');
  return (
    <aside className={styles.banner} aria-label="About this cluster">
      <strong>Embedded cluster.</strong>{' '}
      {real.length > 0
        ? `Stores here are ${real.map(({ embedded }) => embedded).join('; or ')}. Not for production.`
        : 'Stores here are simulated on this machine.'}{' '}
      For real ones, start Shopyard with <code>SHOPYARD_CLUSTER=kubeconfig</code>.
    </aside>
  );
}

import type { Platform } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './cluster-banner.module.css';

/** Says so when the stores aren't on a real cluster. */
export function ClusterBanner({ platform }: { platform: Platform }): ReactNode {
  if (platform.cluster.kind !== 'embedded') return null;
  return (
    <aside className={styles.banner} aria-label="About this cluster">
      <strong>Embedded cluster.</strong> Stores here are simulated on this machine. For real ones, start Shopyard with{' '}
      <code>SHOPYARD_CLUSTER=kubeconfig</code>.
    </aside>
  );
}

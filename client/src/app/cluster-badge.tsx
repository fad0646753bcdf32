import type { Platform } from '@shopyard/contracts';
import { FlaskConical } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import styles from './cluster-badge.module.css';

/** Says that the stores run on the embedded cluster; explains on a click what that means. */
export function ClusterBadge({ platform: { cluster, engines } }: { platform: Platform }): ReactNode {
  const id = useId();
  if (cluster.kind !== 'embedded') return null;
  const real = engines.filter(({ runs }) => runs === 'real');
  return (
    <span className={styles.anchor}>
      <button type="button" data-size="small" className={styles.badge} popoverTarget={id}>
        <FlaskConical aria-hidden />
        <span>Embedded</span>
        <span className="visually-hidden"> cluster: about</span>
      </button>
      <div id={id} popover="auto" className={styles.about} role="note">
        <p>
          <strong>Embedded cluster.</strong>{' '}
          {real.length > 0
            ? `Stores here are ${real.map(({ embedded }) => embedded).join('; or ')}. Not for production.`
            : 'Stores here are simulated on this machine.'}
        </p>
        <p>
          To use a real cluster, start Shopyard with <code>SHOPYARD_CLUSTER=kubeconfig</code>.
        </p>
      </div>
    </span>
  );
}

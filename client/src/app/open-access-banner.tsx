import type { ReactNode } from 'react';
import styles from './open-access-banner.module.css';

/** On every page, and it can't be dismissed: other machines reach this server, and it asks nobody who they are. */
export function OpenAccessBanner(): ReactNode {
  return (
    <aside role="alert" className={styles.banner}>
      <strong>Anyone who reaches this address is an administrator.</strong> Shopyard was started with{' '}
      <code>SHOPYARD_INSECURE_NO_AUTH=1</code>: it asks nobody who they are. Put a proxy in front that signs people in,
      and set <code>SHOPYARD_AUTH=proxy</code>.
    </aside>
  );
}

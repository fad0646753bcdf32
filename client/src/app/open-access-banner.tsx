import type { ReactNode } from 'react';
import styles from './open-access-banner.module.css';

/** Shown on every page and not dismissible: other machines can reach this server without authentication. */
export function OpenAccessBanner(): ReactNode {
  return (
    <div role="alert" className={styles.banner}>
      <strong>Anyone who can reach this address is an administrator.</strong> Shopyard was started with{' '}
      <code>SHOPYARD_INSECURE_NO_AUTH=1</code>, so nobody has to sign in. Put a proxy that authenticates users in front,
      and set <code>SHOPYARD_AUTH=proxy</code>.
    </div>
  );
}

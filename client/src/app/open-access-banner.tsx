import type { Platform } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import styles from './open-access-banner.module.css';

/** Shown on every page and not dismissible: what the operator allowed although others can use it. */
export function OpenAccessBanner({ platform: { insecure, sameSite } }: { platform: Platform }): ReactNode {
  return (
    <>
      {insecure && (
        <div role="alert" className={styles.banner}>
          <strong>Anyone who can reach this address is an administrator.</strong> Shopyard was started with{' '}
          <code>SHOPYARD_INSECURE_NO_AUTH=1</code>, so nobody has to sign in. Put a proxy that authenticates users in
          front, and set <code>SHOPYARD_AUTH=proxy</code>.
        </div>
      )}
      {sameSite !== undefined && (
        <div role="alert" className={styles.banner}>
          <strong>Stores share {sameSite} with this dashboard.</strong> Shopyard was started with{' '}
          <code>SHOPYARD_SAME_SITE_STORES=1</code>, so any store’s page can set cookies for it. Give the stores a
          registered domain of their own.
        </div>
      )}
    </>
  );
}

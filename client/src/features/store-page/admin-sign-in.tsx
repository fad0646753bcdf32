import { type ReactNode, useState } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import styles from './store-acts.module.css';

const BLOCKED = 'The browser blocked the new tab. Allow pop-ups for this page, or use Show password.';

/** Opens the administrator's pages in a new tab, signed in by a link that works once. */
export function AdminSignIn({ id }: { id: string }): ReactNode {
  const { offline, explanation } = useOffline();
  const [blocked, setBlocked] = useState(false);
  const link = trpc.stores.loginLink.useMutation();
  const open = (): void => {
    // Within the click: browsers block a tab that opens later.
    const tab = window.open('', '_blank');
    setBlocked(tab === null);
    if (!tab) return;
    tab.document.title = 'Signing in…';
    tab.document.body.textContent = 'Signing in…';
    // The store's pages must not reach this one.
    tab.opener = null;
    link.mutate({ id }, { onSuccess: ({ url }) => tab.location.replace(url), onError: () => tab.close() });
  };
  const trouble = blocked ? BLOCKED : link.error && describeError(link.error);
  return (
    <>
      <button type="button" onClick={open} disabled={link.isPending || offline} {...explanation}>
        WP admin
      </button>
      {trouble && (
        <span role="alert" className={styles.error}>
          {trouble}
        </span>
      )}
    </>
  );
}

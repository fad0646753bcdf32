import type { ReactNode } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import styles from './store-page.module.css';

/** Reveals the administrator's login on request; the server records that in the history. */
export function AdminLogin({ id }: { id: string }): ReactNode {
  const { offline, explanation } = useOffline();
  const reveal = trpc.stores.credentials.useMutation();
  if (reveal.data) {
    const { adminUrl, username, password } = reveal.data;
    return (
      <p className={styles.login}>
        <a href={adminUrl} target="_blank" rel="noreferrer">
          Open admin
        </a>{' '}
        as <code>{username}</code> with <code>{password}</code>
      </p>
    );
  }
  return (
    <>
      <button
        type="button"
        onClick={() => reveal.mutate({ id })}
        disabled={reveal.isPending || offline}
        {...explanation}
      >
        Show admin login
      </button>
      {reveal.error && (
        <span role="alert" className={styles.error}>
          {describeError(reveal.error)}
        </span>
      )}
    </>
  );
}

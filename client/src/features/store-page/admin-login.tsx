import { type ReactNode, useEffect } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import { useOffline } from '../../live/use-offline.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useRevealProof } from '../store-acts/reveal-proof.tsx';
import styles from './store-acts.module.css';

/** Long enough to copy both parts, short enough for a screen that is left alone. */
const SHOWN_MS = 30_000;

/** Reveals the administrator's login for half a minute; the server records that in the history. */
export function AdminLogin({ id }: { id: string }): ReactNode {
  const { offline, explanation } = useOffline();
  const prove = useRevealProof();
  const { data, error, isPending, mutateAsync, reset } = trpc.stores.credentials.useMutation();
  useEffect(() => {
    if (!data) return undefined;
    const timer = setTimeout(reset, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [data, reset]);
  const show = (): Promise<void> =>
    prove(async ({ reason, confirm }) => {
      await confirm();
      await mutateAsync({ id, reason });
    });
  if (data) {
    const { username, password } = data;
    return (
      <p className={styles.login}>
        <code>{username}</code> <CopyButton text={username} what="user name" /> <code>{password}</code>{' '}
        <CopyButton text={password} what="password" />
        <button type="button" data-kind="quiet" onClick={reset}>
          Hide
        </button>
      </p>
    );
  }
  return (
    <>
      <button
        type="button"
        onClick={() => void show().catch(() => undefined)}
        disabled={isPending || offline}
        {...explanation}
      >
        Show password
      </button>
      {error && (
        <span role="alert" className={styles.error}>
          {describeError(error)}
        </span>
      )}
    </>
  );
}

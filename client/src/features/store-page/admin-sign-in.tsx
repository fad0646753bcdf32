import { type ReactNode, useState } from 'react';
import { useOffline } from '../../live/use-offline.ts';
import { useAdminSignIn } from '../store-acts/use-admin-sign-in.ts';
import styles from './store-acts.module.css';

/** Opens the administrator's pages, and says beside the button what went wrong. */
export function AdminSignIn({ id, title }: { id: string; title: string }): ReactNode {
  const { offline, explanation } = useOffline();
  const signIn = useAdminSignIn();
  const [pending, setPending] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const open = async (): Promise<void> => {
    setPending(true);
    setTrouble(undefined);
    setTrouble(await signIn(id));
    setPending(false);
  };
  return (
    <>
      <button type="button" onClick={() => void open()} disabled={pending || offline} {...explanation}>
        {title}
      </button>
      {trouble !== undefined && (
        <span role="alert" className={styles.error}>
          {trouble}
        </span>
      )}
    </>
  );
}

import { isOffered, type Store } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { versionsOf } from '../../lib/versions.ts';
import { CALLER } from '../../lib/caller.ts';
import { useEngine } from '../../live/engines.ts';
import { useOffline } from '../../live/use-offline.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PhaseBadge } from '../../ui/phase-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { useStoreActs } from '../store-acts/use-store-acts.ts';
import { AdminLogin } from './admin-login.tsx';
import { AdminSignIn } from './admin-sign-in.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { DeleteStoreDialog, isComingUp } from './delete-store-dialog.tsx';
import { ForceRemoveDialog } from './force-remove-dialog.tsx';
import { RestartButton } from './restart-button.tsx';
import styles from './store-page.module.css';
import { SuspendButton } from './suspend-button.tsx';

/** Name, phase and actions of a store. */
export function StoreHeader({ store }: { store: Store }): ReactNode {
  const { id, name, phase, url, namespace, createdAt, createdBy } = store;
  const versions = versionsOf(store, useEngine(store.engine));
  const { offline, explanation } = useOffline();
  const { retry, pending } = useStoreActs();
  const [asking, setAsking] = useState<'delete' | 'force'>();
  const close = (): void => setAsking(undefined);
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h2>{name}</h2>
        <span aria-live="polite">
          <PhaseBadge store={store} />
        </span>
        <p className={styles.facts}>
          {url.replace(/^https?:\/\//, '')} <CopyButton text={url} what="URL" /> · {namespace} · created{' '}
          <Time at={createdAt} age /> ago by {createdBy}
        </p>
        {versions.length > 0 && (
          <p className={styles.facts}>{versions.map(({ title, version }) => `${title} ${version}`).join(' · ')}</p>
        )}
      </div>
      <div className={styles.actions}>
        {phase === 'Ready' && (
          <a className="button" data-kind="primary" href={url} target="_blank" rel="noreferrer">
            Open shop
          </a>
        )}
        {isOffered('stores.loginLink', CALLER, store) && <AdminSignIn id={id} />}
        {isOffered('stores.credentials', CALLER, store) && <AdminLogin id={id} />}
        {isOffered('stores.restart', CALLER, store) && <RestartButton store={store} />}
        <SuspendButton store={store} />
        {isOffered('stores.retry', CALLER, store) && (
          <button
            type="button"
            data-kind="primary"
            onClick={() => void retry([store])}
            disabled={pending || offline}
            {...explanation}
          >
            Retry
          </button>
        )}
        {isOffered('stores.forceRemove', CALLER, store) && (
          <button
            type="button"
            data-kind="danger"
            onClick={() => setAsking('force')}
            disabled={offline}
            {...explanation}
          >
            Force deletion…
          </button>
        )}
        <button
          type="button"
          data-kind="danger"
          onClick={() => setAsking('delete')}
          disabled={!isOffered('stores.remove', CALLER, store) || offline}
          {...explanation}
        >
          {isComingUp(store) ? 'Cancel creation…' : 'Delete…'}
        </button>
        <CopyMenu store={store} />
      </div>
      {asking === 'delete' && <DeleteStoreDialog store={store} onClose={close} />}
      {asking === 'force' && <ForceRemoveDialog store={store} onClose={close} />}
    </header>
  );
}

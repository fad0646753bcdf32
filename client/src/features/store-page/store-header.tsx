import { DEFAULT_TEAM, isOffered, rolesIn, type Store } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { versionsOf } from '../../lib/versions.ts';
import { useCaller, useMay } from '../../live/caller.tsx';
import { useEngine } from '../../live/engines.ts';
import { useOffline } from '../../live/use-offline.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PhaseBadge } from '../../ui/phase-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { isPossible } from '../store-acts/acts-of.ts';
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
  const { id, name, url, namespace, createdAt, createdBy, team } = store;
  const caller = useCaller();
  const engine = useEngine(store.engine);
  const versions = versionsOf(store, engine);
  const { offline, explanation } = useOffline();
  const { retry, pending } = useStoreActs();
  const [asking, setAsking] = useState<'delete' | 'force'>();
  const close = (): void => setAsking(undefined);
  const mayChange = useMay('stores.update', store);
  const role = rolesIn(caller, team ?? DEFAULT_TEAM).at(-1);
  const mayDelete = useMay('stores.remove', store);
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h2 data-page-heading tabIndex={-1}>
          {name}
        </h2>
        <span aria-live="polite">
          <PhaseBadge store={store} />
        </span>
        <p className={styles.facts}>
          {url.replace(/^https?:\/\//, '')} <CopyButton text={url} what="URL" /> · {namespace} · created{' '}
          <Time at={createdAt} age /> ago by {createdBy}
          {team !== undefined && team !== DEFAULT_TEAM && <> · team {team}</>}
        </p>
        {versions.length > 0 && (
          <p className={styles.facts}>{versions.map(({ title, version }) => `${title} ${version}`).join(' · ')}</p>
        )}
        {!mayChange && (
          <p className={styles.facts}>
            View only{role && `: your role in the team ${team ?? DEFAULT_TEAM} is ${role}`}.
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {isPossible('open', store, caller) && (
          <a className="button" data-kind="primary" href={url} target="_blank" rel="noreferrer">
            Open shop
          </a>
        )}
        {isPossible('admin', store, caller) && <AdminSignIn id={id} title={engine?.adminTitle ?? 'Admin'} />}
        {isOffered('stores.credentials', caller, store) && <AdminLogin id={id} />}
        {isPossible('restart', store, caller) && <RestartButton store={store} />}
        <SuspendButton store={store} />
        {isPossible('retry', store, caller) && (
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
        {isOffered('stores.forceRemove', caller, store) && (
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
        {mayDelete && (
          <button
            type="button"
            data-kind="danger"
            onClick={() => setAsking('delete')}
            disabled={!isPossible('remove', store, caller) || offline}
            {...explanation}
          >
            {isComingUp(store) ? 'Cancel creation…' : 'Delete…'}
          </button>
        )}
        <CopyMenu store={store} />
      </div>
      {asking === 'delete' && <DeleteStoreDialog store={store} onClose={close} />}
      {asking === 'force' && <ForceRemoveDialog store={store} onClose={close} />}
    </header>
  );
}

import { type ReactNode, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { PhaseBadge } from '../../ui/phase-badge.tsx';
import { AdminLogin } from './admin-login.tsx';
import { DeleteStoreDialog } from './delete-store-dialog.tsx';
import { ForceRemoveDialog } from './force-remove-dialog.tsx';
import { PodList } from './pod-list.tsx';
import { Steps } from './steps.tsx';
import styles from './store-detail.module.css';
import { Timeline } from './timeline.tsx';
import { Why } from './why.tsx';
import { useStoreDetail } from './use-store-detail.ts';

export function StoreDetail({ id }: { id: string }): ReactNode {
  const detail = useStoreDetail(id);
  const retry = trpc.stores.retry.useMutation();
  const [asking, setAsking] = useState<'delete' | 'force'>();
  const close = (): void => setAsking(undefined);

  if (detail.type === 'loading') return <aside className={styles.panel}>Loading…</aside>;
  if (detail.type !== 'detail') {
    return (
      <aside className={styles.panel} aria-label="Store">
        <output>
          {detail.type === 'removed' ? `${detail.name} is deleted: nothing of it is left.` : 'There is no such store.'}
        </output>
        <p>
          <a href="#/">All stores</a>
        </p>
      </aside>
    );
  }
  const { store, pods, timeline } = detail;
  return (
    <aside className={styles.panel} aria-label={`Store ${store.name}`}>
      <p className={styles.back}>
        <a href="#/">All stores</a>
      </p>
      <header className={styles.header}>
        <h2>{store.name}</h2>
        <span aria-live="polite">
          <PhaseBadge phase={store.phase} />
        </span>
      </header>
      <Why store={store} />
      <p className={styles.actions}>
        {store.phase === 'Ready' && (
          <a href={store.url} target="_blank" rel="noreferrer">
            Open store
          </a>
        )}
        {(store.phase === 'Failed' || store.phase === 'Degraded') && (
          <button type="button" onClick={() => retry.mutate({ id })} disabled={retry.isPending}>
            Retry
          </button>
        )}
        <button
          type="button"
          data-kind="danger"
          onClick={() => setAsking('delete')}
          disabled={store.phase === 'Deleting'}
        >
          Delete
        </button>
        {store.phase === 'Deleting' && store.reason === 'NamespaceTerminating' && (
          <button type="button" data-kind="danger" onClick={() => setAsking('force')}>
            Force removal…
          </button>
        )}
      </p>
      {store.phase === 'Ready' && <AdminLogin id={id} />}
      <Steps store={store} />
      <PodList pods={pods} />
      <Timeline entries={timeline} />
      {asking === 'delete' && <DeleteStoreDialog store={store} onClose={close} />}
      {asking === 'force' && <ForceRemoveDialog store={store} onClose={close} />}
    </aside>
  );
}

import type { Store } from '@shopyard/contracts';
import { Maximize2, X } from 'lucide-react';
import { type ReactNode, useMemo, useRef } from 'react';
import { storeHref } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/use-shortcuts.ts';
import { useOffline } from '../../live/use-offline.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { RecentActivity } from '../activity/recent-activity.tsx';
import { StatusReason } from '../store-page/status-reason.tsx';
import { Steps } from '../store-page/steps.tsx';
import { StoreHeader } from '../store-page/store-header.tsx';
import { type StoreDetail, useListedDetail } from '../store-page/use-store-detail.ts';
import styles from './store-pane.module.css';

export interface StorePaneProps {
  id: string;
  /** The store as the list has it, shown until the details arrive. */
  listed: Store | undefined;
  onClose: () => void;
}

/** What matters of one store, beside the list. Escape closes it. */
export function StorePane({ id, listed, onClose }: StorePaneProps): ReactNode {
  const pane = useRef<HTMLElement>(null);
  const { offline } = useOffline();
  const detail = useListedDetail(id, listed);
  const name = listed?.name ?? (detail.type === 'removed' ? detail.name : 'Store');
  const shortcuts = useMemo(() => {
    const close = (): void => {
      if (pane.current?.contains(document.activeElement))
        document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] th a`)?.focus({ preventScroll: true });
      onClose();
    };
    return { Escape: close };
  }, [id, onClose]);
  useShortcuts(shortcuts);
  return (
    <aside ref={pane} className={styles.pane} aria-label={`Store ${name}`}>
      <p className={styles.bar}>
        <a href={storeHref(id)}>
          <Maximize2 aria-hidden /> Open page
        </a>
        <IconButton icon={X} label="Close (Esc)" onClick={shortcuts.Escape} />
      </p>
      {detail.type === 'loading' && <Waiting />}
      {detail.type === 'missing' && <output>Store not found. It may have been deleted.</output>}
      {detail.type === 'removed' && <output>{name} was deleted, with all its data.</output>}
      {detail.type === 'detail' && (
        <ErrorBoundary at={id} online={!offline}>
          <Content detail={detail} />
        </ErrorBoundary>
      )}
    </aside>
  );
}

function Content({ detail }: { detail: StoreDetail }): ReactNode {
  const { store, history, aheadMs, partial } = detail;
  return (
    <>
      <StoreHeader store={store} />
      <StatusReason detail={detail} />
      {store.attempt.finishedAt === undefined && <Steps store={store} aheadMs={aheadMs} />}
      {partial ? <Waiting /> : <RecentActivity id={store.id} history={history} />}
    </>
  );
}

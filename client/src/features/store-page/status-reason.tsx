import { type KubeEventsEvent, needsAttention, type Store } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { formatAge } from '../../lib/duration.ts';
import { storeHref } from '../../lib/route.ts';
import { trpc } from '../../live/trpc.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { useNow } from '../../lib/use-now.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { EventList } from './event-list.tsx';
import styles from './store-page.module.css';
import type { StoreDetail } from './use-store-detail.ts';

const SHOWN = 5;

/** Why the store is not Ready, what to do, when the next try is, and the evidence. */
export function StatusReason({ detail }: { detail: StoreDetail }): ReactNode {
  const { store, aheadMs } = detail;
  const [open, setOpen] = useState(false);
  if (!store.message) return null;
  return (
    <section
      className={styles.statusReason}
      data-level={needsAttention(store) ? store.attention.level : undefined}
      aria-label="Reason"
    >
      <p>
        <strong>{store.reason}</strong> {store.message}
        {store.retryAt && <NextTry at={Date.parse(store.retryAt) + aheadMs} />}
      </p>
      <p className={styles.evidence}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide the evidence' : 'Show the evidence'}
        </button>
        <TroubledLog detail={detail} />
      </p>
      {open && <Evidence id={store.id} />}
    </section>
  );
}

/** `at`: epoch milliseconds by this machine's clock. */
function NextTry({ at }: { at: number }): ReactNode {
  const left = at - useNow();
  return (
    <span title={new Date(at).toISOString()}> {left > 0 ? `Next try in ${formatAge(left + 999)}.` : 'Retrying.'}</span>
  );
}

/** Links to the log of the failing container: that of its previous run if it has restarted since. */
function TroubledLog({ detail: { store, pods } }: { detail: StoreDetail }): ReactNode {
  for (const pod of pods) {
    const container = pod.containers.find(({ ready, exitCode }) => !ready && exitCode !== undefined && exitCode !== 0);
    if (!container) continue;
    const previous = container.restarts > 0 && container.state !== 'terminated' ? '1' : undefined;
    return (
      <a href={storeHref(store.id, { tab: 'logs', pod: pod.name, container: container.name, previous })}>
        Log of {container.name}, exit code {container.exitCode}
      </a>
    );
  }
  return null;
}

function Evidence({ id }: Pick<Store, 'id'>): ReactNode {
  const { data, error, ...handlers } = usePushed<KubeEventsEvent>();
  trpc.stores.watchEvents.useSubscription({ id }, handlers);
  const trouble = error ?? data?.trouble;
  if (trouble) return <p className={styles.error}>{trouble}</p>;
  if (!data) return <Waiting />;
  const warnings = data.events.filter(({ type }) => type === 'Warning').slice(0, SHOWN);
  return warnings.length > 0 ? (
    <EventList events={warnings} />
  ) : (
    <p>No Kubernetes warnings: the reason above comes from the state of the pods.</p>
  );
}

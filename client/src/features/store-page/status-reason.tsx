import { type KubeEventsEvent, needsAttention, reasonTitle, type Store } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { formatAge } from '../../lib/duration.ts';
import { storeHref } from '../../lib/route.ts';
import { toSentence } from '../../lib/to-sentence.ts';
import { useCaller, useMay } from '../../live/caller.tsx';
import { useEngine } from '../../live/engines.ts';
import { trpc } from '../../live/trpc.ts';
import { usePushed } from '../../live/use-pushed.ts';
import { useNow } from '../../lib/use-now.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { EventList } from './event-list.tsx';
import { resolveHandles, type ShownHandle } from './resolve-handles.ts';
import { StoreHandles } from './store-handles.tsx';
import styles from './store-page.module.css';
import type { StoreDetail } from './use-store-detail.ts';
import { WaitingChange } from './waiting-change.tsx';

const SHOWN = 5;

/** Why the store is not Ready, what to do, when the next try is, and the evidence. */
export function StatusReason({ detail }: { detail: StoreDetail }): ReactNode {
  const { store, aheadMs } = detail;
  const [open, setOpen] = useState(false);
  const engine = useEngine(store.engine);
  const caller = useCaller();
  const mayReadLogs = useMay('stores.logs', store);
  const mayReadEvents = useMay('stores.events', store);
  const troubled = mayReadLogs ? findTroubledLog(detail) : undefined;
  const handles: readonly ShownHandle[] = resolveHandles(store, { pods: detail.pods, engine, log: troubled, caller });
  const hasLog = handles.some((handle) => handle.kind === 'link' && handle.href === troubled?.href);
  if (!store.message) return null;
  return (
    <section
      className={styles.statusReason}
      data-level={needsAttention(store) ? store.attention.level : undefined}
      aria-label="Reason"
    >
      <p>
        {store.reason !== undefined && <strong>{reasonTitle(store.reason)}.</strong>} {store.message}
        {store.reason !== undefined && <code className={styles.reasonCode}> {store.reason}</code>}
        {store.retryAt && <NextTry at={Date.parse(store.retryAt) + aheadMs} />}
      </p>
      <div className={styles.handles}>
        {store.operation?.state === 'waiting' ? (
          <WaitingChange store={store} />
        ) : (
          <StoreHandles id={store.id} handles={handles} />
        )}
        {mayReadEvents && (
          <button type="button" data-size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide events' : 'Show events'}
          </button>
        )}
        {troubled && !hasLog && <a href={troubled.href}>{troubled.text}</a>}
      </div>
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

/** The log of the failing container: that of its previous run if it has restarted since. */
function findTroubledLog({ store, pods }: StoreDetail): { href: string; text: string } | undefined {
  for (const pod of pods) {
    const container = pod.containers.find(({ ready, exitCode }) => !ready && exitCode !== undefined && exitCode !== 0);
    if (!container) continue;
    const previous = container.restarts > 0 && container.state !== 'terminated' ? '1' : undefined;
    return {
      href: storeHref(store.id, { tab: 'logs', pod: pod.name, container: container.name, previous }),
      text: `Log of ${container.name}, exit code ${container.exitCode}`,
    };
  }
  return undefined;
}

function Evidence({ id }: Pick<Store, 'id'>): ReactNode {
  const { data, error, ...handlers } = usePushed<KubeEventsEvent>();
  trpc.stores.watchEvents.useSubscription({ id }, handlers);
  const trouble = error ?? (data?.trouble && toSentence(data.trouble));
  if (trouble) return <p className={styles.error}>{trouble}</p>;
  if (!data) return <Waiting />;
  const warnings = data.events.filter(({ type }) => type === 'Warning').slice(0, SHOWN);
  return warnings.length > 0 ? <EventList events={warnings} /> : <p>Kubernetes has no warnings about this store.</p>;
}

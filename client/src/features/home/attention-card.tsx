import { needsAttention, reasonTitle, type Store } from '@shopyard/contracts';
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { storeHref, storesHref } from '../../lib/route.ts';
import { Bar } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { Expiring } from './expiring.tsx';
import styles from './home.module.css';

const SHOWN = 6;

/** Stores that need attention, the most urgent first, each with its reason in words. */
export function AttentionCard({ stores, loaded }: { stores: readonly Store[]; loaded: boolean }): ReactNode {
  const urgent = stores.filter(needsAttention).toSorted(byUrgency);
  if (!loaded)
    return (
      <section className={styles.card} data-wide="true" aria-label="Needs attention" aria-busy>
        <p className="visually-hidden">Loading…</p>
        <div className={styles.pending}>
          <Bar chars={24} />
        </div>
        <p>
          <Bar chars={18} />
        </p>
      </section>
    );
  return (
    <section className={styles.card} data-wide="true" aria-label="Needs attention">
      {urgent.length === 0 ? (
        <>
          <h2>
            <CircleCheck aria-hidden className={styles.good} /> Nothing needs attention
          </h2>
          <p>{countReady(stores)}</p>
        </>
      ) : (
        <>
          <h2>
            <a href={storesHref({ attention: '1' })}>
              {urgent.length} {urgent.length === 1 ? 'store needs' : 'stores need'} attention
            </a>
          </h2>
          <ul className={styles.urgent}>
            {urgent.slice(0, SHOWN).map((store) => (
              <UrgentStore key={store.id} store={store} />
            ))}
          </ul>
          {urgent.length > SHOWN && (
            <p>
              <a href={storesHref({ attention: '1' })}>Show all {urgent.length}</a>
            </p>
          )}
        </>
      )}
      <Expiring stores={stores} />
    </section>
  );
}

function UrgentStore({ store }: { store: Store }): ReactNode {
  const { id, name, attention, reason, message } = store;
  const broken = attention.level === 'broken';
  const code = attention.reason ?? reason;
  return (
    <li data-level={attention.level}>
      {broken ? <CircleX aria-hidden /> : <TriangleAlert aria-hidden />}
      <span className={styles.who}>
        <a href={storeHref(id)}>{name}</a>
        <small>
          {broken ? 'Broken' : 'Stuck'} for <Time at={attention.since} age />
        </small>
      </span>
      <span className={styles.why}>
        {code !== undefined && <b>{reasonTitle(code)}.</b>} {message}
      </span>
    </li>
  );
}

/** Broken before stuck, then the longest first. */
function byUrgency(a: Store, b: Store): number {
  if (a.attention.level !== b.attention.level) return a.attention.level === 'broken' ? -1 : 1;
  return a.attention.since < b.attention.since ? -1 : 1;
}

function countReady(stores: readonly Store[]): string {
  const ready = stores.filter(({ phase }) => phase === 'Ready').length;
  const words = ready === 1 ? '1 store is ready' : `${ready} stores are ready`;
  const asleep = stores.filter(({ phase }) => phase === 'Suspended').length;
  const rest = stores.length - ready - asleep;
  const suspended = asleep === 0 ? '' : asleep === 1 ? ', 1 is suspended' : `, ${asleep} are suspended`;
  return `${words}${suspended}${rest === 0 ? '' : rest === 1 ? ', 1 is in progress' : `, ${rest} are in progress`}.`;
}

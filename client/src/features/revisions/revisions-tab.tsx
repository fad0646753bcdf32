import { isOffered } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { useRoute } from '../../lib/route.ts';
import { useCaller, useMay } from '../../live/caller.tsx';
import { useEngine } from '../../live/engines.ts';
import { trpc } from '../../live/trpc.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { StoreDetail } from '../store-page/use-store-detail.ts';
import { ComparePanel } from './compare-panel.tsx';
import type { Compared } from './comparison.tsx';
import { Installed } from './installed.tsx';
import { RevisionList } from './revision-list.tsx';
import styles from './revisions.module.css';
import { RollbackPanel } from './rollback-panel.tsx';
import { useRevisions } from './use-revisions.ts';

/** In the address: the one that a rollback without a number goes back to. */
const PREVIOUS = 'previous';

/** Every change of the store's settings: what differs between any two, and the way back. */
export function RevisionsTab({ detail: { store } }: { detail: StoreDetail }): ReactNode {
  const { params } = useRoute();
  const { revisions, previous, error, hasMore, showMore, retry } = useRevisions(store);
  const chart = trpc.platform.chart.useQuery({ engine: store.engine }, { staleTime: Infinity });
  const engine = useEngine(store.engine);
  const caller = useCaller();
  const mayReadRelease = useMay('stores.release', store);
  const mayRollBack = useMay('stores.rollback', store);
  const [present] = revisions ?? [];
  if (!revisions || !present)
    return error === undefined ? (
      <Skeleton lines={[30, 100, 100]} />
    ) : (
      <p role="alert" className={styles.error}>
        {error}{' '}
        <button type="button" data-size="small" onClick={retry}>
          Try again
        </button>
      </p>
    );
  const titles = new Map(engine?.components.map(({ name, title }) => [name, title]));
  const compared: Compared = { id: store.id, settings: chart.data?.settings ?? [], titles };
  const { from, to, back } = generationsOf(params, previous);
  const isFixed = !isOffered('stores.rollback', caller, store);
  return (
    <div className={styles.tab}>
      {params.get('back') === PREVIOUS && back === undefined && (
        <p className={styles.note}>No earlier generation with different settings is known to work.</p>
      )}
      {back !== undefined && !isFixed && (
        <RollbackPanel
          key={`${back} ${present.generation}`}
          compared={compared}
          store={store}
          present={present}
          to={back}
        />
      )}
      {from !== undefined && to !== undefined && (
        <ComparePanel {...compared} revisions={revisions} from={from} to={to} />
      )}
      <RevisionList
        revisions={revisions}
        settings={compared.settings}
        rollback={mayRollBack ? (isFixed ? 'disabled' : 'offered') : 'absent'}
      />
      {hasMore && (
        <p>
          <button type="button" onClick={showMore}>
            Show older
          </button>
        </p>
      )}
      {mayReadRelease && <Installed store={store} isOpen={params.get('show') === 'installed'} />}
    </div>
  );
}

/** The generations that the address names. */
function generationsOf(params: URLSearchParams, previous: number | undefined) {
  const read = (name: string): number | undefined => {
    const value = Number(params.get(name));
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const back = params.get('back') === PREVIOUS ? previous : read('back');
  return { from: read('from'), to: read('to'), back };
}

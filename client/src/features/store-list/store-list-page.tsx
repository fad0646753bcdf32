import { rightRefusal, type Store, type StoresState } from '@shopyard/contracts';
import { type ReactNode, type RefCallback, Suspense, useDeferredValue, useMemo, useState } from 'react';
import { toast } from 'sonner';
import { type LazyPart, lazyPart } from '../../lib/lazy-part.ts';
import { navigate, setParams, storeHref, useRoute } from '../../lib/route.ts';
import { whyNot } from '../../lib/why-not.ts';
import { useCaller, useMay } from '../../live/caller.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { useStoreActs } from '../store-acts/use-store-acts.ts';
import { arrange, toParams, type ListQuery, parseQuery } from './arrange.ts';
import { BulkActions } from './bulk-actions.tsx';
import { useColumns } from './chosen-columns.ts';
import { DeleteStoresDialog } from './delete-stores-dialog.tsx';
import { FilterField } from './filter-field.tsx';
import { FirstVisit } from './first-visit.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { PhaseChips } from './phase-chips.tsx';
import { createFinder } from './search.ts';
import type { StorePaneProps } from './store-pane.tsx';
import { StoreTable } from './store-table.tsx';
import styles from './store-list.module.css';
import { forgetPlace } from './use-place.ts';
import { usePane } from './use-pane.ts';
import { useSelection } from './use-selection.ts';
import { ColumnsMenu, ViewsMenu } from './views-menu.tsx';

export const storePane: LazyPart<StorePaneProps> = lazyPart(async () => (await import('./store-pane.tsx')).StorePane);

interface StoreListPageProps {
  state: StoresState;
  filterRef: RefCallback<HTMLInputElement>;
  onCreate: () => void;
}

/** The list of all stores. Filter and sorting live in the address. */
export function StoreListPage({ state, filterRef, onCreate }: StoreListPageProps): ReactNode {
  const { loaded, stores } = state;
  const { params } = useRoute();
  const asked = useMemo(() => parseQuery(params), [params]);
  // What is typed appears in the filter field before the rows that it finds.
  const typed = useDeferredValue(asked.filter);
  const query = useMemo(() => ({ ...asked, filter: typed }), [asked, typed]);
  const [finds] = useState(createFinder);
  const { shown, counts, total, urgent } = useMemo(
    () => arrange(stores.values(), query, finds),
    [stores, query, finds],
  );
  const selection = useSelection(shown);
  const pane = usePane();
  const acts = useStoreActs();
  const [deleting, setDeleting] = useState<Store[]>();
  const caller = useCaller();
  const mayCreate = useMay('stores.create');
  // The Delete key acts whatever is offered.
  const askToDelete = (asked: Store[]): void => {
    const own = asked.filter((store) => !rightRefusal('stores.remove', caller, store));
    const [first] = asked;
    if (own.length > 0) setDeleting(own);
    else if (first) toast.error(whyNot('stores.remove', caller, first));
  };
  const { columns, toggle } = useColumns();
  const change = (next: Partial<ListQuery>): void => {
    forgetPlace();
    setParams(toParams({ ...asked, ...next }));
  };

  if (loaded && stores.size === 0) return <FirstVisit platform={state.platform} onCreate={onCreate} />;
  return (
    <section className={styles.page} aria-label="Stores">
      <div className={styles.toolbar}>
        <FilterField
          value={asked.filter}
          fieldRef={filterRef}
          onChange={(filter) => change({ filter })}
          onOpenFirst={() => {
            const [first] = arrange(stores.values(), asked, finds).shown;
            if (first) navigate(storeHref(first.id));
          }}
        />
        <PhaseChips
          loaded={loaded}
          counts={counts}
          total={total}
          urgent={urgent}
          urgentOnly={query.urgent}
          chosen={query.phases}
          onChange={change}
        />
        <span className={styles.menus}>
          <ViewsMenu query={query} />
          <ColumnsMenu shown={columns} onToggle={toggle} />
          {mayCreate && (
            <button type="button" data-kind="primary" onClick={onCreate}>
              New store
            </button>
          )}
        </span>
      </div>
      <BulkActions
        chosen={shown.filter(({ id }) => selection.selected.has(id))}
        shown={shown}
        pending={acts.pending}
        onSelect={selection.select}
        onRetry={(chosen) => void acts.retry(chosen)}
        onDelete={askToDelete}
      />
      {acts.refused.length > 0 && !deleting && <Refused refused={acts.refused} onDismiss={acts.dismiss} />}
      {deleting && (
        <DeleteStoresDialog
          stores={deleting}
          acts={acts}
          onDeleted={() => {
            setDeleting(undefined);
            selection.select([]);
          }}
          onClose={() => setDeleting(undefined)}
        />
      )}
      {!loaded && (
        <Waiting>
          <ListSkeleton query={query} columns={columns} selection={selection} onSort={change} />
        </Waiting>
      )}
      <div className={styles.body} data-beside={pane.id !== undefined}>
        {loaded && shown.length > 0 && (
          <StoreTable
            key={JSON.stringify(query)}
            stores={shown}
            all={stores}
            query={query}
            columns={columns}
            selection={selection}
            pane={pane}
            onSort={change}
            onRetry={(chosen) => void acts.retry(chosen)}
            onDelete={askToDelete}
          />
        )}
        {loaded && shown.length === 0 && (
          <p className={styles.empty}>
            No stores match.{' '}
            <button type="button" onClick={() => change({ filter: '', phases: [], urgent: false })}>
              Show all {stores.size}
            </button>
          </p>
        )}
        {loaded && pane.id !== undefined && (
          <Suspense fallback={<Waiting />}>
            <storePane.Part key={pane.id} id={pane.id} listed={stores.get(pane.id)} onClose={pane.close} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

function Refused({ refused, onDismiss }: { refused: readonly string[]; onDismiss: () => void }): ReactNode {
  return (
    <div role="alert" className={styles.refused}>
      <ul>
        {refused.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <button type="button" data-kind="quiet" data-size="small" onClick={onDismiss}>
        Dismiss
      </button>
    </div>
  );
}

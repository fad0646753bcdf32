import type { Store, StoresState } from '@shopyard/contracts';
import { type ReactNode, type RefCallback, useMemo, useState } from 'react';
import { currentRoute, setParams, useRoute } from '../../lib/route.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { arrange, toParams, type ListQuery, parseQuery } from './arrange.ts';
import { BulkActions } from './bulk-actions.tsx';
import { FirstVisit } from './first-visit.tsx';
import { PhaseChips } from './phase-chips.tsx';
import { parseSelection, selectionParams } from './selection.ts';
import { StoreTable } from './store-table.tsx';
import styles from './store-list.module.css';

interface StoreListPageProps {
  state: StoresState;
  filterRef: RefCallback<HTMLInputElement>;
  onCreate: () => void;
}

/** The list of all stores. Filter, sorting and selection live in the address. */
export function StoreListPage({ state, filterRef, onCreate }: StoreListPageProps): ReactNode {
  const { loaded, stores } = state;
  const { params } = useRoute();
  const query = useMemo(() => parseQuery(params), [params]);
  const { shown, counts, total, urgent } = useMemo(() => arrange(stores.values(), query), [stores, query]);
  const change = (next: Partial<ListQuery>): void => setParams(toParams({ ...query, ...next }));

  const selected = useMemo(() => parseSelection(params), [params]);
  const [deleting, setDeleting] = useState<Store[]>();
  const chosen = [...stores.values()].filter(({ id }) => selected.has(id));

  if (loaded && stores.size === 0) return <FirstVisit platform={state.platform} onCreate={onCreate} />;
  return (
    <section className={styles.page} aria-label="Stores">
      <div className={styles.toolbar}>
        <input
          ref={filterRef}
          type="search"
          className={styles.filter}
          placeholder="Filter ( / )"
          aria-label="Filter stores"
          value={query.filter}
          onChange={(event) => change({ filter: event.target.value })}
        />
        <PhaseChips
          counts={counts}
          total={total}
          urgent={urgent}
          urgentOnly={query.urgent}
          chosen={query.phases}
          onChange={change}
        />
        <button type="button" data-kind="primary" className={styles.create} onClick={onCreate}>
          New store
        </button>
      </div>
      <BulkActions
        chosen={chosen}
        deleting={deleting}
        onDelete={setDeleting}
        onDone={() => {
          setDeleting(undefined);
          select(new Set());
        }}
      />
      {loaded ? (
        <StoreTable
          key={JSON.stringify(query)}
          stores={shown}
          query={query}
          selected={selected}
          onSelect={select}
          onToggle={toggle}
          onSort={change}
          onDelete={setDeleting}
        />
      ) : (
        <div className={styles.empty}>
          <Waiting />
        </div>
      )}
      {loaded && shown.length === 0 && (
        <p className={styles.empty}>
          No stores match.{' '}
          <button type="button" onClick={() => change({ filter: '', phases: [], urgent: false })}>
            Show all {stores.size}
          </button>
        </p>
      )}
    </section>
  );
}

function select(ids: ReadonlySet<string>): void {
  setParams(selectionParams(ids));
}

function toggle(id: string): void {
  const ids = parseSelection(currentRoute().params);
  if (!ids.delete(id)) ids.add(id);
  select(ids);
}

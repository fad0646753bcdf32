import type { Store } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import type { ListQuery, Sort } from './arrange.ts';
import type { Column } from './columns.tsx';
import styles from './store-table.module.css';
import type { Selection } from './use-selection.ts';

interface TableHeadProps {
  stores: readonly Store[];
  query: ListQuery;
  columns: readonly Column[];
  selection: Selection;
  onSort: (change: Pick<ListQuery, 'sort' | 'descending'>) => void;
}

export function TableHead({ stores, query, columns, selection, onSort }: TableHeadProps): ReactNode {
  const { selected, select } = selection;
  const all = stores.length > 0 && selected.size === stores.length;
  const sortable = (sort: Sort, label: string): ReactNode => (
    <button type="button" onClick={() => onSort({ sort, descending: query.sort === sort && !query.descending })}>
      {label}
      <span aria-hidden>{query.sort === sort ? (query.descending ? ' ↓' : ' ↑') : ''}</span>
    </button>
  );
  const order = (sort: Sort | undefined): 'ascending' | 'descending' | undefined =>
    query.sort !== sort ? undefined : query.descending ? 'descending' : 'ascending';
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={styles.select}>
          <input
            type="checkbox"
            aria-label={`Select all ${stores.length} shown`}
            checked={all}
            onChange={() => select(all ? [] : stores)}
          />
        </th>
        <th scope="col" className={styles.name} aria-sort={order('name')}>
          {sortable('name', 'Name')}
        </th>
        <th scope="col" className={styles.state} aria-sort={order('phase')}>
          {sortable('phase', 'Status')}
        </th>
        {columns.map(({ id, title, sort }) => (
          <th key={id} scope="col" className={styles.extra} data-column={id} aria-sort={order(sort)}>
            {sort ? sortable(sort, title) : title}
          </th>
        ))}
        <th scope="col" className={styles.menu}>
          <span className="visually-hidden">Actions</span>
        </th>
      </tr>
    </thead>
  );
}

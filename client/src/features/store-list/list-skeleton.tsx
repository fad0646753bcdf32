import type { ReactNode } from 'react';
import { Bar } from '../../ui/skeleton.tsx';
import type { ListQuery } from './arrange.ts';
import type { Column } from './columns.tsx';
import { heightOf, useLayout } from './row-layout.ts';
import styles from './store-table.module.css';
import { TableHead } from './table-head.tsx';
import type { Selection } from './use-selection.ts';

const ROWS = [9, 14, 11, 7, 12, 10, 13, 8];

interface ListSkeletonProps {
  query: ListQuery;
  columns: readonly Column[];
  selection: Selection;
  onSort: (change: Pick<ListQuery, 'sort' | 'descending'>) => void;
}

/** The list before its stores arrive: the same head, and rows of the same height. */
export function ListSkeleton({ query, columns, selection, onSort }: ListSkeletonProps): ReactNode {
  const layout = useLayout();
  return (
    // React's types know no custom properties.
    <div className={styles.scroller} style={{ ['--row' as string]: `${heightOf(layout)}px` }}>
      <table className={styles.table}>
        <TableHead stores={[]} query={query} columns={columns} selection={selection} onSort={onSort} />
        {/* oxlint-disable jsx-a11y/control-has-associated-label -- placeholders have no text */}
        <tbody aria-hidden>
          {ROWS.map((chars) => (
            <tr key={chars} data-pending>
              <td className={styles.select} />
              <td className={styles.name}>
                <Bar chars={chars} />
              </td>
              <td className={styles.state}>
                <Bar chars={chars * 2} />
              </td>
              {columns.map(({ id }) => (
                <td key={id} className={styles.extra} data-column={id}>
                  <Bar chars={id === 'url' ? chars : 4} />
                </td>
              ))}
              <td className={styles.menu} />
            </tr>
          ))}
        </tbody>
        {/* oxlint-enable jsx-a11y/control-has-associated-label */}
      </table>
    </div>
  );
}

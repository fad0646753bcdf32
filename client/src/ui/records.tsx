import type { ReactNode } from 'react';
import styles from './records.module.css';

export interface RecordColumn<T> {
  head: string;
  render: (record: T) => ReactNode;
  /** Buttons: without a visible heading, at the end. */
  acts?: boolean;
}

interface RecordsProps<T> {
  label: string;
  records: readonly T[];
  keyOf: (record: T) => string;
  /** The first one names the record. */
  columns: readonly RecordColumn<T>[];
  /** Shown in place of no records. */
  none: ReactNode;
}

/** A table of few records; on a phone, one below the other. */
export function Records<T>({ label, records, keyOf, columns, none }: RecordsProps<T>): ReactNode {
  if (records.length === 0) return <p className={styles.none}>{none}</p>;
  const [name, ...rest] = columns;
  return (
    <table className={styles.records} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ head, acts }) => (
            <th key={head} scope="col">
              {acts ? <span className="visually-hidden">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={keyOf(record)}>
            <th scope="row">{name?.render(record)}</th>
            {rest.map(({ head, acts, render }) => (
              <td key={head} {...(acts ? { 'data-acts': true } : { 'data-head': head })}>
                {render(record)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

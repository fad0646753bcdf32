import type { AuditEntry } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { browserName } from '../../lib/browser-name.ts';
import { setParams, storeHref } from '../../lib/route.ts';
import { useStores } from '../../live/use-stores.tsx';
import { Records } from '../../ui/records.tsx';
import { Time } from '../../ui/time.tsx';
import { didWords, wayWords } from './describe-audit.ts';
import styles from './audit.module.css';

/** Who did what, and from where. A name shows what else somebody did. */
export function AuditList({ entries, none }: { entries: readonly AuditEntry[]; none: ReactNode }): ReactNode {
  return (
    <Records
      label="Activity, newest first"
      records={entries}
      keyOf={({ seq }) => String(seq)}
      none={none}
      columns={[
        { head: 'When', render: ({ at }) => <Time at={at} /> },
        {
          head: 'Who',
          render: (entry) => (
            <>
              <button
                type="button"
                className={styles.who}
                title={`Show everything by ${entry.actor}`}
                onClick={() => setParams({ actor: entry.actor })}
              >
                {entry.actor}
              </button>
              <small>{wayWords(entry)}</small>
            </>
          ),
        },
        { head: 'What', render: (entry) => <What entry={entry} /> },
        {
          head: 'From',
          render: ({ address, client }) => (
            <>
              {address ?? 'this server'}
              {client !== undefined && <small title={client}>{browserName(client)}</small>}
            </>
          ),
        },
      ]}
    />
  );
}

function What({ entry }: { entry: AuditEntry }): ReactNode {
  const { stores } = useStores();
  const { object, outcome, detail } = entry;
  const store = object === undefined ? undefined : stores.get(object);
  // Names whom it was about; ids of people and tokens say nothing to people.
  const about = object === undefined || store || isTelling(object) ? undefined : detail;
  return (
    <>
      <span className={outcome === 'denied' ? styles.refused : undefined}>{didWords(entry)}</span>{' '}
      {store && object !== undefined ? <a href={storeHref(object)}>{store.name}</a> : (about ?? object)}
      {about !== undefined && <small>{object}</small>}
      {about === undefined && detail !== undefined && <small>{detail}</small>}
    </>
  );
}

/** Of a store, or of a team, whose id is its name. */
function isTelling(object: string | undefined): boolean {
  return object !== undefined && (object.startsWith('st_') || /^[a-z0-9-]+$/.test(object));
}

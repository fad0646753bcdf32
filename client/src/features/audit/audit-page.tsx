import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { setParams, useRoute } from '../../lib/route.ts';
import { whyNot } from '../../lib/why-not.ts';
import { useCaller } from '../../live/caller.tsx';
import { trpc } from '../../live/trpc.ts';
import { Answer } from '../../ui/answer.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditList } from './audit-list.tsx';
import { isFiltered, readFilters, toQuery } from './audit-query.ts';
import styles from './audit.module.css';

const PAGE = 50;
/** `seq` that the entries of a page come before. */
const FIRST: number | undefined = undefined;
const NO_FILTERS = { actor: '', action: '', object: '', outcome: '', period: '' };

/** What people, programs and the server did to all stores and accounts. The address keeps the filters. */
export function AuditPage(): ReactNode {
  const refused = whyNot('access.audit', useCaller());
  const { params } = useRoute();
  const address = params.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(address)), [address]);
  const { client } = trpc.useUtils();
  const query = useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam: before }) =>
      client.access.audit.query({
        ...toQuery(filters, Date.now()),
        limit: PAGE,
        ...(before === undefined ? {} : { before }),
      }),
    enabled: refused === undefined,
    initialPageParam: FIRST,
    getNextPageParam: ({ entries }) => (entries.length < PAGE ? undefined : entries.at(-1)?.seq),
    gcTime: 0,
  });
  if (refused !== undefined)
    return (
      <Page title="Activity">
        <p>{refused} A store&apos;s own activity is on its page.</p>
      </Page>
    );
  return (
    <Page
      title="Activity"
      about="Every change of a store or of who gets in, every refusal and every sign-in, newest first. Nobody can change or remove entries."
      action={
        <button type="button" data-size="small" disabled={query.isFetching} onClick={() => void query.refetch()}>
          Refresh
        </button>
      }
    >
      <AuditFilters filters={filters} />
      <Panel title="Entries">
        <Answer query={query}>
          {({ pages }) => (
            <>
              <AuditList
                entries={pages.flatMap(({ entries }) => entries)}
                none={
                  isFiltered(filters) ? (
                    <>
                      No entries match.{' '}
                      <button type="button" data-size="small" onClick={() => setParams(NO_FILTERS)}>
                        Clear filters
                      </button>
                    </>
                  ) : (
                    'Nothing has happened yet.'
                  )
                }
              />
              {query.hasNextPage && (
                <p>
                  <button type="button" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    Show older
                  </button>
                </p>
              )}
            </>
          )}
        </Answer>
      </Panel>
      <p className={styles.more}>
        <span>
          To keep a copy: <code>npm run export-audit</code> prints all entries as JSON, one per line, and{' '}
          <code>npm run verify-audit</code> checks that none is missing or changed.
        </span>
      </p>
    </Page>
  );
}

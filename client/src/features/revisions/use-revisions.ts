import type { ShownRevision, Store } from '@shopyard/contracts';
import { useEffect, useRef } from 'react';
import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';

interface Revisions {
  /** Newest first; undefined until they are there. */
  revisions: ShownRevision[] | undefined;
  error: string | undefined;
  /** The generation whose values a rollback without a number takes. */
  previous: number | undefined;
  hasMore: boolean;
  showMore: () => void;
  retry: () => void;
}

/** A store's revisions, read again whenever a push says that one began or ended. */
export function useRevisions({ id, generation, phase, observedGeneration }: Store): Revisions {
  const query = trpc.stores.revisions.useInfiniteQuery(
    { id },
    { getNextPageParam: ({ next }) => next, staleTime: Infinity, gcTime: 0 },
  );
  const { refetch } = query;
  const now = `${generation} ${phase} ${observedGeneration}`;
  const read = useRef(now);
  useEffect(() => {
    if (read.current === now) return;
    read.current = now;
    void refetch();
  }, [now, refetch]);
  return {
    revisions: query.data?.pages.flatMap(({ revisions }) => revisions),
    error: query.error ? describeError(query.error) : undefined,
    previous: query.data?.pages[0]?.previous,
    hasMore: query.hasNextPage,
    showMore: () => void query.fetchNextPage(),
    retry: () => void refetch(),
  };
}

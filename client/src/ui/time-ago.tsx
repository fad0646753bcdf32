import type { ReactNode } from 'react';
import { formatAge } from '../lib/duration.ts';
import { useNow } from '../lib/use-now.ts';

/** Age of `at`, updated every second; shows the exact time on hover. */
export function TimeAgo({ at }: { at: string }): ReactNode {
  const now = useNow();
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {formatAge(now - Date.parse(at))}
    </time>
  );
}

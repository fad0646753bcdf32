import type { Chart, Store } from '@shopyard/contracts';
import { errorCodeOf } from '../../lib/error-code.ts';
import { trpc } from '../../live/trpc.ts';

interface ChartQuery {
  data: Chart | undefined;
  error: unknown;
  refetch: () => Promise<unknown>;
}

/** The chart that a store is kept at; that of new stores if the server lacks it, because the store can then only move there. */
export function useChart({ engine, chart }: Store): ChartQuery {
  const options = { staleTime: Infinity };
  const isKept = chart?.update !== undefined;
  const kept = trpc.platform.chart.useQuery(isKept ? { engine, version: chart.version } : { engine }, options);
  const isMissing = isKept && errorCodeOf(kept.error) === 'not_found';
  const present = trpc.platform.chart.useQuery({ engine }, { ...options, enabled: isMissing });
  return isMissing ? present : kept;
}

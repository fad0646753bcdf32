/** Turns the stores' history into chart series. Pure. */
import { type Overview, PHASES } from '@shopyard/contracts';

export const POINTS = 72;

export interface PhaseChange {
  storeId: string;
  /** ISO 8601. */
  at: string;
  /** A phase; `deleted` when the store is gone. */
  phase: string;
  reason: string | null;
}

export interface History {
  /** When the history begins, ISO 8601. */
  begins: string | undefined;
  changes: readonly PhaseChange[];
  /** Each time a store started to need attention. */
  raised: readonly { reason: string | null }[];
  ready: readonly { at: string; seconds: number }[];
}

/** `from` and `to` in epoch milliseconds. */
export function overviewOf(
  { begins, changes, ready, raised }: History,
  from: number,
  to: number,
): Omit<Overview, 'activity' | 'capacity'> {
  const step = (to - from) / POINTS;
  const ends = Array.from({ length: POINTS }, (_, index) => from + step * (index + 1));
  const counts = countPhases(changes, ends);
  const seconds = ready.map((entry) => entry.seconds);
  const buckets = ends.map((end) =>
    ready.filter(({ at }) => Date.parse(at) <= end && Date.parse(at) > end - step).map((entry) => entry.seconds),
  );
  return {
    times: ends.map((end) => Math.round(end / 1000)),
    ...(begins === undefined ? {} : { begins: Math.floor(Date.parse(begins) / 1000) }),
    phases: PHASES.flatMap((phase) => {
      const line = counts.map((at) => at.get(phase) ?? 0);
      return line.some((count) => count > 0) ? [{ phase, counts: line }] : [];
    }),
    provisioning: {
      count: seconds.length,
      p50: quantile(seconds, 0.5),
      p95: quantile(seconds, 0.95),
      medians: buckets.map((bucket) => quantile(bucket, 0.5)),
      slowest: buckets.map((bucket) => quantile(bucket, 0.95)),
    },
    failures: countReasons(raised),
  };
}

function countPhases(changes: readonly PhaseChange[], ends: number[]): Map<string, number>[] {
  const current = new Map<string, string>();
  const counts = new Map<string, number>();
  const add = (phase: string | undefined, by: number): void => {
    if (phase !== undefined) counts.set(phase, (counts.get(phase) ?? 0) + by);
  };
  let next = 0;
  return ends.map((end) => {
    for (let change = changes[next]; change && Date.parse(change.at) <= end; change = changes[++next]) {
      add(current.get(change.storeId), -1);
      current.delete(change.storeId);
      if (change.phase === 'deleted') continue;
      current.set(change.storeId, change.phase);
      add(change.phase, 1);
    }
    return new Map(counts);
  });
}

function countReasons(raised: History['raised']): Overview['failures'] {
  const counts = new Map<string, number>();
  for (const { reason } of raised) counts.set(reason ?? 'Unknown', (counts.get(reason ?? 'Unknown') ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** By nearest rank; null for no values. */
function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

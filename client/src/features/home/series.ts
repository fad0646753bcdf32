/** The plots' series. Pure. */
import { formatDuration } from '../../lib/duration.ts';
import type { Unit } from './plot-ticks.ts';

export interface Series {
  label: string;
  values: readonly (number | null)[];
}

/** From the first sample of the history on: nothing is known before. `begins`: Unix seconds. */
export function fromBeginning<Line extends Series>(
  times: readonly number[],
  lines: readonly Line[],
  begins: number | undefined,
): { times: readonly number[]; lines: readonly Line[] } {
  const first = begins === undefined ? times.length : times.findIndex((time) => time >= begins);
  if (first < 0) return { times: [], lines: [] };
  return { times: times.slice(first), lines: lines.map((line) => ({ ...line, values: line.values.slice(first) })) };
}

/** The values at one time, in words: `2 Ready, 1 Failed`; without those that are missing. */
export function describeValues(lines: readonly Series[], at: number, unit: Unit): string {
  const parts = lines.flatMap(({ label, values }) => {
    const value = values[at];
    return value === null || value === undefined ? [] : [`${formatValue(value, unit)} ${label}`];
  });
  return parts.join(', ') || 'no value';
}

/** Such as `12`, `41.3 s`. */
export function formatValue(value: number, unit: Unit): string {
  return unit === 'seconds' ? formatDuration(value * 1000) : String(value);
}

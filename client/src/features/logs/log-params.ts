/** The address keeps what is shown of the logs. Pure. */
import type { LogFilter } from './filtered-log.ts';
import { LEVELS } from './log-level.ts';

const SPANS_MS = { '5m': 5 * 60_000, '1h': 60 * 60_000 } as const;
export type Span = keyof typeof SPANS_MS;

/** Times are ISO 8601. */
export interface LogRange {
  /** The latest minutes, moving with the clock. */
  last?: Span | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface LogParams {
  filter: LogFilter;
  range: LogRange;
  /** Undefined: as it suits the screen. */
  wrap: boolean | undefined;
  previous: boolean;
}

export function readLogParams(params: URLSearchParams): LogParams {
  const levels = (params.get('level') ?? '').split(',');
  const last = params.get('last');
  return {
    filter: {
      include: params.get('q') ?? '',
      exclude: params.get('not') ?? '',
      regex: params.get('regex') === '1',
      only: params.get('only') !== '0',
      levels: LEVELS.filter((level) => levels.includes(level)),
      probes: params.get('probes') === '1',
    },
    range: { last: isSpan(last) ? last : undefined, from: timeOf(params.get('from')), to: timeOf(params.get('to')) },
    wrap: params.has('wrap') ? params.get('wrap') === '1' : undefined,
    previous: params.get('previous') === '1',
  };
}

function isSpan(text: string | null): text is Span {
  return text !== null && Object.hasOwn(SPANS_MS, text);
}

function timeOf(text: string | null): string | undefined {
  return text !== null && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** Epoch milliseconds of both ends. */
export function boundsOf({ last, from, to }: LogRange, now: number): { from: number; to: number } {
  if (last) return { from: now - SPANS_MS[last], to: Infinity };
  return { from: from ? Date.parse(from) : -Infinity, to: to ? Date.parse(to) : Infinity };
}

/** The period that Home shows, in the address. Pure. */

export const RANGES = [
  { hours: 1, label: '1 h', words: 'the last hour' },
  { hours: 6, label: '6 h', words: 'the last 6 hours' },
  { hours: 24, label: '24 h', words: 'the last 24 hours' },
  { hours: 168, label: '7 d', words: 'the last 7 days' },
] as const;

export interface Period {
  hours: number;
  /** Shows only what happened for this reason. */
  reason: string | undefined;
}

/** Any other period than those offered becomes 6 hours. */
export function parsePeriod(params: URLSearchParams): Period {
  const hours = Number(params.get('hours'));
  const reason = params.get('reason') ?? '';
  return {
    hours: RANGES.some((range) => range.hours === hours) ? hours : 6,
    reason: reason === '' ? undefined : reason,
  };
}

/** Such as `the last 6 hours`. */
export function formatPeriod(hours: number): string {
  return RANGES.find((range) => range.hours === hours)?.words ?? `the last ${hours} hours`;
}

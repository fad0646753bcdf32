/** The filters of the audit trail, as the address keeps them. Pure. */
import type { ListAudit } from '@shopyard/contracts';

export const PERIODS = [
  { key: '', label: 'Any time' },
  { key: '1h', label: 'Last hour', ms: 3_600_000 },
  { key: '24h', label: 'Last 24 hours', ms: 24 * 3_600_000 },
  { key: '7d', label: 'Last 7 days', ms: 7 * 24 * 3_600_000 },
  { key: '30d', label: 'Last 30 days', ms: 30 * 24 * 3_600_000 },
] as const;

export interface AuditFilters {
  actor: string;
  action: string;
  object: string;
  outcome: '' | 'ok' | 'denied';
  /** Key of a period. */
  period: string;
}

export function readFilters(params: URLSearchParams): AuditFilters {
  const text = (name: string): string => params.get(name) ?? '';
  const outcome = text('outcome');
  return {
    actor: text('actor'),
    action: text('action'),
    object: text('object'),
    outcome: outcome === 'ok' || outcome === 'denied' ? outcome : '',
    period: PERIODS.some(({ key }) => key === text('period')) ? text('period') : '',
  };
}

/** `now`: epoch milliseconds, when the filter was chosen. */
export function toQuery(
  { actor, action, object, outcome, period }: AuditFilters,
  now: number,
): Omit<Partial<ListAudit>, 'before'> {
  const chosen = PERIODS.find(({ key }) => key === period);
  return {
    ...(actor.trim() ? { actor: actor.trim() } : {}),
    ...(action ? { action } : {}),
    ...(object.trim() ? { object: object.trim() } : {}),
    ...(outcome ? { outcome } : {}),
    ...(chosen && 'ms' in chosen ? { since: new Date(now - chosen.ms).toISOString() } : {}),
  };
}

export const isFiltered = (filters: AuditFilters): boolean => Object.values(filters).some((value) => value !== '');

/** The news in a status, as entries of the store's history. Pure. */
import { attentionChange } from '../../domain/progress.ts';
import type { StoreStatus } from '../../domain/store.ts';
import type { NewEntry } from '../../storage/storage.ts';
import type { HistoryCode } from './actions/action-context.ts';

export interface Done {
  did: HistoryCode;
  /** A whole sentence. */
  message: string;
}

interface News {
  /** ISO 8601. */
  at: string;
  done: Done | undefined;
}

export function toEntries(before: StoreStatus, status: StoreStatus, { at, done }: News): NewEntry[] {
  const entry = { at, actor: 'reconciler' };
  const { phase, reason, message = '' } = status;
  const why = reason === undefined ? {} : { reason };
  const wasMet = (type: string): boolean =>
    before.conditions.some((condition) => condition.type === type && condition.status === 'True');
  const met = status.conditions.filter((condition) => condition.status === 'True' && !wasMet(condition.type));
  const level = attentionChange(before.attention, status.attention);
  const entries: NewEntry[] = met.map((condition) => ({
    ...entry,
    kind: 'condition',
    what: condition.type,
    message: condition.reason,
  }));
  if (done) entries.unshift({ ...entry, kind: 'action', what: done.did, message: done.message });
  if (phase !== before.phase)
    entries.push({ ...entry, kind: 'phase', what: phase, message: message || (reason ?? ''), ...why });
  if (level !== undefined) entries.push({ ...entry, kind: 'attention', what: level, message, ...why });
  return entries;
}

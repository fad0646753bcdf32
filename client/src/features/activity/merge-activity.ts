/** A store's history and its cluster events as one list. Pure. */
import type { HistoryEntry, KubeEvent } from '@shopyard/contracts';
import { describeEntry } from './describe-entry.ts';

/** `people`: somebody called the API. `store`: Shopyard acted, or the status changed. `cluster`: a Kubernetes event. */
export type ActivitySource = 'people' | 'store' | 'cluster';

export interface Activity {
  /** Unique in its list, and stable while the list grows. */
  key: string;
  /** When it last happened, ISO 8601. */
  at: string;
  source: ActivitySource;
  kind: HistoryEntry['kind'] | 'event';
  warning: boolean;
  title: string;
  detail: string;
  /** How often it happened, if more than once in a row. */
  count: number;
}

/** Newest first. `history`: oldest first. Entries that repeat the one before are folded, as are equal events. */
export function mergeActivity(history: readonly HistoryEntry[], events: readonly KubeEvent[]): Activity[] {
  return [...foldHistory(history).toReversed(), ...foldEvents(events)].toSorted(
    (one, other) => Date.parse(other.at) - Date.parse(one.at),
  );
}

function foldHistory(history: readonly HistoryEntry[]): Activity[] {
  const folded: Activity[] = [];
  for (const entry of history) {
    const activity = fromEntry(entry);
    const last = folded.at(-1);
    if (last && signatureOf(last) === signatureOf(activity))
      folded[folded.length - 1] = { ...activity, key: last.key, count: last.count + 1 };
    else folded.push(activity);
  }
  return folded;
}

function foldEvents(events: readonly KubeEvent[]): Activity[] {
  const folded = new Map<string, Activity>();
  for (const event of events) {
    const activity = fromEvent(event);
    const same = folded.get(activity.key);
    const at = same && same.at > activity.at ? same.at : activity.at;
    folded.set(activity.key, { ...activity, at, count: activity.count + (same?.count ?? 0) });
  }
  return [...folded.values()];
}

function fromEntry(entry: HistoryEntry): Activity {
  const { seq, at, kind, what } = entry;
  return {
    key: `history ${seq}`,
    at,
    source: kind === 'call' ? 'people' : 'store',
    kind,
    warning: ['Failed', 'Degraded', 'stuck', 'broken'].includes(what),
    ...describeEntry(entry),
    count: 1,
  };
}

function fromEvent({ at, type, reason, object, message, count }: KubeEvent): Activity {
  return {
    key: `event ${type} ${reason} ${object} ${message}`,
    at,
    source: 'cluster',
    kind: 'event',
    warning: type === 'Warning',
    title: `${reason} ${object}`,
    detail: message,
    count,
  };
}

function signatureOf({ kind, title, detail }: Activity): string {
  return JSON.stringify([kind, title, detail]);
}

/** Which of a store's activity is shown: one filter and a search. Pure. */
import type { Activity } from './merge-activity.ts';

export const FILTERS = [
  { key: '', label: 'All', holds: () => true },
  { key: 'people', label: 'Changes by people', holds: ({ source }) => source === 'people' },
  { key: 'store', label: 'Changes by Shopyard', holds: ({ source }) => source === 'store' },
  { key: 'events', label: 'Cluster events', holds: ({ source }) => source === 'cluster' },
  { key: 'warnings', label: 'Warnings', holds: ({ warning }) => warning },
] as const satisfies readonly { key: string; label: string; holds: (activity: Activity) => boolean }[];

/** Those whose title or detail contains `text`, ignoring case. */
export function searchActivity(activities: readonly Activity[], text: string): Activity[] {
  const wanted = text.trim().toLowerCase();
  return activities.filter(({ title, detail }) => `${title}\n${detail}`.toLowerCase().includes(wanted));
}

/** An unknown filter shows all. */
export function filterActivity(activities: readonly Activity[], filter: string): Activity[] {
  const { holds } = FILTERS.find(({ key }) => key === filter) ?? FILTERS[0];
  return activities.filter((activity) => holds(activity));
}

import { needsAttention, type Store } from '@shopyard/contracts';
import { useEffect } from 'react';
import type { Route } from '../lib/route.ts';

type Place = Pick<Route, 'page' | 'id' | 'tab'>;

/** Of those that are not about one thing. */
export const PAGE_NAMES: Record<Exclude<Route['page'], 'store' | 'team'>, string> = {
  home: 'Home',
  stores: 'Stores',
  activity: 'Activity',
  teams: 'Teams',
  users: 'Users',
  profile: 'Profile',
  tokens: 'Tokens',
  unknown: 'Not found',
};

const ICONS = { ok: '/icon.svg', stuck: '/icon-stuck.svg', broken: '/icon-broken.svg' };

/** Shows in the browser tab how many stores need attention, and in its icon how urgently. */
export function usePageTitle(stores: ReadonlyMap<string, Store>, route: Place): void {
  const urgent = [...stores.values()].filter(needsAttention);
  const worst = urgent.some(({ attention }) => attention.level === 'broken')
    ? 'broken'
    : urgent.length > 0
      ? 'stuck'
      : 'ok';
  const title = formatTitle(route, { stores, urgent: urgent.length });
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    document.querySelector('link[rel=icon]')?.setAttribute('href', ICONS[worst]);
  }, [worst]);
}

/** `(3) Stores · Shopyard`, `alpha, Logs · Shopyard`. */
export function formatTitle(
  { page, id, tab }: Place,
  { stores, urgent }: { stores: ReadonlyMap<string, Pick<Store, 'name'>>; urgent: number },
): string {
  const names = {
    ...PAGE_NAMES,
    team: `Team ${id}`,
    store: `${stores.get(id)?.name ?? 'Store'}${tab && `, ${tab.charAt(0).toUpperCase()}${tab.slice(1)}`}`,
  };
  return `${urgent > 0 ? `(${urgent}) ` : ''}${names[page]} · Shopyard`;
}

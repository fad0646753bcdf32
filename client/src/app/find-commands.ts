/** What the command palette offers for what is typed. Pure. */
import type { Store } from '@shopyard/contracts';
import {
  CircleHelp,
  History,
  House,
  type LucideIcon,
  Plus,
  ScrollText,
  SlidersHorizontal,
  Store as StoreIcon,
  TriangleAlert,
  Waypoints,
} from 'lucide-react';
import { homeHref, storeHref, storesHref } from '../lib/route.ts';

export type PaletteDialog = 'create' | 'help';

export type PaletteCommand = {
  id: string;
  icon: LucideIcon;
  label: string;
  detail?: string;
  /** Shows the store's state. */
  store?: Store;
  /** The key that does the same from any page. */
  keys?: string;
} & ({ href: string } | { dialog: PaletteDialog });

interface CommandGroup {
  heading: string;
  commands: PaletteCommand[];
}

const MAX_STORES = 30;
/** The pages of stores are offered once the words leave no more stores than this. */
const MAX_STORES_WITH_PAGES = 3;

const FIXED: readonly PaletteCommand[] = [
  { id: 'create', icon: Plus, label: 'New store', keys: 'n', dialog: 'create' },
  { id: 'home', icon: House, label: 'Home', href: homeHref() },
  { id: 'stores', icon: StoreIcon, label: 'All stores', href: storesHref() },
  {
    id: 'attention',
    icon: TriangleAlert,
    label: 'Stores that need attention',
    href: storesHref({ attention: '1' }),
  },
  { id: 'help', icon: CircleHelp, label: 'Keyboard and help', keys: '?', dialog: 'help' },
];

const STORE_PAGES = [
  { tab: 'logs', label: 'Logs', icon: ScrollText },
  { tab: 'activity', label: 'Activity', icon: Waypoints },
  { tab: 'revisions', label: 'Revisions', icon: History },
  { tab: 'settings', label: 'Settings', icon: SlidersHorizontal },
] as const;

/** Groups without a match are left out. All words have to occur; a store's come first if its name begins with them. */
export function findCommands(typed: string, stores: Iterable<Store>): CommandGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const fixed = FIXED.filter(({ label }) => matches(label));
  const all = [...stores];
  const found = all
    .filter(({ name, namespace, url, id }) => matches(`${name} ${namespace} ${url} ${id}`))
    .toSorted((a, b) => rank(a, words) - rank(b, words) || (a.name < b.name ? -1 : 1));
  const pages = pagesOf(all, words);
  return [
    { heading: 'Stores', commands: words.length > 0 ? found.slice(0, MAX_STORES).map(toCommand) : [] },
    { heading: 'Pages of stores', commands: pages },
    { heading: 'Pages and actions', commands: [...fixed] },
    { heading: 'Stores', commands: words.length === 0 ? found.slice(0, MAX_STORES).map(toCommand) : [] },
  ].filter(({ commands }) => commands.length > 0);
}

const rank = ({ name }: Store, [first = '']: readonly string[]): number =>
  name === first ? 0 : name.startsWith(first) ? 1 : 2;

const toCommand = (store: Store): PaletteCommand => ({
  id: store.id,
  icon: StoreIcon,
  label: store.name,
  store,
  href: storeHref(store.id),
});

/** Pages of the few stores that are meant: "alpha logs". */
function pagesOf(stores: readonly Store[], [name = '', ...rest]: readonly string[]): PaletteCommand[] {
  const meant = name === '' ? [] : stores.filter((store) => store.name.startsWith(name));
  if (meant.length > MAX_STORES_WITH_PAGES) return [];
  return meant.flatMap((store) =>
    STORE_PAGES.filter(({ label }) => rest.every((word) => label.toLowerCase().includes(word))).map(
      ({ tab, label, icon }) => ({
        id: `${store.id}/${tab}`,
        icon,
        label: `${store.name}: ${label}`,
        href: storeHref(store.id, { tab }),
      }),
    ),
  );
}

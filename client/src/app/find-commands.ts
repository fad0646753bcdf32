/** What the command palette offers for what is typed. Pure. */
import { type ProcedureName, rightRefusal, type Store } from '@shopyard/contracts';
import {
  CircleHelp,
  House,
  KeyRound,
  type LucideIcon,
  Plus,
  Store as StoreIcon,
  TriangleAlert,
  UserRound,
  Users,
  UsersRound,
  Waypoints,
} from 'lucide-react';
import { actsOf, type ActsWorld, type StoreAct } from '../features/store-acts/acts-of.ts';
import {
  activityHref,
  homeHref,
  profileHref,
  storeHref,
  storesHref,
  teamsHref,
  tokensHref,
  usersHref,
} from '../lib/route.ts';
import type { KeyOf } from '../lib/shortcuts.ts';

export type PaletteDialog = 'create' | 'help';

export type PaletteCommand = {
  id: string;
  icon: LucideIcon;
  label: string;
  /** Why it can't be done now. */
  disabled?: string | undefined;
  /** The key that does the same from any page. */
  keys?: KeyOf<'page'>;
} & ({ href: string; store?: Store } | { dialog: PaletteDialog } | { store: Store; act: StoreAct });

interface CommandGroup {
  heading: string;
  commands: PaletteCommand[];
}

/** What the palette finds things in. */
interface PaletteWorld extends ActsWorld {
  stores: Iterable<Store>;
  /** The store that the page shows, if it shows one. */
  open: Store | undefined;
}

const MAX_STORES = 30;
/** The acts on stores are offered once the words leave no more stores than this. */
const MAX_STORES_WITH_ACTS = 3;

/** What a command needs besides being found. */
interface Needs {
  right?: ProcedureName;
  account?: true;
}

const FIXED: readonly (PaletteCommand & { needs?: Needs })[] = [
  { id: 'create', icon: Plus, label: 'New store', keys: 'n', dialog: 'create', needs: { right: 'stores.create' } },
  { id: 'home', icon: House, label: 'Home', href: homeHref() },
  { id: 'stores', icon: StoreIcon, label: 'All stores', href: storesHref() },
  {
    id: 'attention',
    icon: TriangleAlert,
    label: 'Stores that need attention',
    href: storesHref({ attention: '1' }),
  },
  { id: 'activity', icon: Waypoints, label: 'Activity', href: activityHref(), needs: { right: 'access.audit' } },
  { id: 'teams', icon: UsersRound, label: 'Teams', href: teamsHref(), needs: { account: true } },
  { id: 'users', icon: Users, label: 'Users', href: usersHref(), needs: { account: true, right: 'access.users' } },
  { id: 'profile', icon: UserRound, label: 'Profile', href: profileHref(), needs: { account: true } },
  { id: 'tokens', icon: KeyRound, label: 'Tokens', href: tokensHref(), needs: { account: true } },
  { id: 'help', icon: CircleHelp, label: 'Keyboard and help', keys: '?', dialog: 'help' },
];

/**
 * Groups without a match are left out. All words have to occur; a store's come first if its name begins with them. The acts on
 * the store that is open need no name.
 */
export function findCommands(typed: string, { stores, open, ...world }: PaletteWorld): CommandGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const has = ({ right, account }: Needs = {}): boolean =>
    (!account || (world.account ?? false)) && (right === undefined || !rightRefusal(right, world.caller));
  const fixed = FIXED.filter(({ needs, label }) => has(needs) && hasAll(label, words));
  const all = [...stores];
  const found = all
    .filter(({ name, namespace, url, id }) => hasAll(`${name} ${namespace} ${url} ${id}`, words))
    .toSorted((a, b) => rank(a, words) - rank(b, words) || (a.name < b.name ? -1 : 1));
  const named = found.slice(0, MAX_STORES).map(toCommand);
  return [
    { heading: 'Stores', commands: words.length > 0 ? named : [] },
    { heading: 'Actions on stores', commands: findActs(all, words, { open, ...world }) },
    { heading: 'Pages and actions', commands: [...fixed] },
    { heading: 'Stores', commands: words.length === 0 ? named : [] },
  ].filter(({ commands }) => commands.length > 0);
}

const hasAll = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.toLowerCase().includes(word));

const rank = ({ name }: Store, [first = '']: readonly string[]): number =>
  name === first ? 0 : name.startsWith(first) ? 1 : 2;

const toCommand = (store: Store): PaletteCommand => ({
  id: store.id,
  icon: StoreIcon,
  label: store.name,
  store,
  href: storeHref(store.id),
});

/** Of the store that is open, "restart"; of the few stores that are meant, "alpha restart". */
function findActs(
  stores: readonly Store[],
  words: readonly string[],
  { open, ...world }: Omit<PaletteWorld, 'stores'>,
): PaletteCommand[] {
  const [name = '', ...rest] = words;
  const meant = name === '' ? [] : stores.filter((store) => store.name.startsWith(name));
  const few = meant.length > MAX_STORES_WITH_ACTS ? [] : meant.filter((store) => store !== open);
  const named = few.flatMap((store) => toActs(store, world).filter(({ label }) => hasAll(label, rest)));
  const own = open ? toActs(open, world).filter(({ label }) => hasAll(label, words)) : [];
  return [...own, ...named];
}

function toActs(store: Store, world: ActsWorld): PaletteCommand[] {
  return actsOf(store, world).map((act) => ({
    id: `${store.id}/${act.id}`,
    icon: act.icon,
    label: `${store.name}: ${act.label}`,
    disabled: act.disabled,
    store,
    act,
  }));
}

/** What can be done with one store: the same in its menu, on its page and in the command palette. Pure. */
import {
  type EngineView,
  type Grants,
  isOffered,
  type ProcedureName,
  rightRefusal,
  type Store,
} from '@shopyard/contracts';
import {
  Copy,
  ExternalLink,
  History,
  KeyRound,
  type LucideIcon,
  Moon,
  Play,
  RefreshCw,
  RotateCw,
  ScrollText,
  SlidersHorizontal,
  Trash2,
  Waypoints,
} from 'lucide-react';
import { storeHref } from '../../lib/route.ts';

interface Rule {
  label: string;
  icon: LucideIcon;
  /** A call of the server, offered by its rule and disabled while the server is away. */
  call?: ProcedureName;
  /** Opens this tab of the store's page. */
  tab?: string;
  /** What that tab reads. */
  reads?: ProcedureName;
  /** Copies this. */
  copies?: (store: Store) => string;
  danger?: boolean;
  /** Begins a group. */
  separated?: boolean;
}

const ACTS = {
  open: { label: 'Open shop', icon: ExternalLink },
  /** By the name that its engine gives it. */
  admin: { label: 'Admin', icon: KeyRound, call: 'stores.loginLink' },
  retry: { label: 'Retry', icon: RotateCw, call: 'stores.retry' },
  restart: { label: 'Restart', icon: RefreshCw, call: 'stores.restart' },
  suspend: { label: 'Suspend', icon: Moon, call: 'stores.suspend' },
  resume: { label: 'Resume', icon: Play, call: 'stores.resume' },
  activity: { label: 'Activity', icon: Waypoints, tab: 'activity', separated: true },
  logs: { label: 'Logs', icon: ScrollText, tab: 'logs', reads: 'stores.logs' },
  settings: { label: 'Settings', icon: SlidersHorizontal, tab: 'settings' },
  revisions: { label: 'Revisions', icon: History, tab: 'revisions' },
  copyUrl: { label: 'Copy URL', icon: Copy, copies: ({ url }) => url, separated: true },
  copyNamespace: { label: 'Copy namespace', icon: Copy, copies: ({ namespace }) => namespace },
  copyId: { label: 'Copy ID', icon: Copy, copies: ({ id }) => id },
  remove: { label: 'Delete…', icon: Trash2, call: 'stores.remove', danger: true, separated: true },
} as const satisfies Record<string, Rule>;

export type ActId = keyof typeof ACTS;

export interface StoreAct extends Pick<Rule, 'label' | 'icon' | 'danger' | 'separated'> {
  id: ActId;
  /** Of the page that it leads to. */
  href?: string;
  /** The text that it copies. */
  copied?: string;
  /** Why it can't be done now. */
  disabled: string | undefined;
}

export interface ActsWorld {
  caller: Grants;
  /** The user has an account here. */
  account?: boolean;
  /** The server is unreachable. */
  offline: boolean;
  /** Undefined until the server has sent them. */
  engines: readonly EngineView[] | undefined;
}

/** In the order of the menu. */
const IDS: readonly ActId[] = [
  'open',
  'admin',
  'retry',
  'restart',
  'suspend',
  'resume',
  'activity',
  'logs',
  'settings',
  'revisions',
  'copyUrl',
  'copyNamespace',
  'copyId',
  'remove',
];

/** In their order, without what the store's state or the user's rights rule out. */
export function actsOf(store: Store, { caller, offline, engines }: ActsWorld): StoreAct[] {
  const engine = engines?.find(({ id }) => id === store.engine);
  return IDS.filter((id) => isPossible(id, store, caller)).map((id) => {
    const { call, tab, copies, ...shown }: Rule = ACTS[id];
    return {
      ...shown,
      ...(id === 'admin' && engine ? { label: engine.adminTitle } : {}),
      id,
      ...(tab === undefined ? {} : { href: storeHref(store.id, { tab }) }),
      ...(copies ? { copied: copies(store) } : {}),
      disabled: call && offline ? "The server isn't responding" : undefined,
    };
  });
}

/** Whether the store's state and the user's rights allow it. */
export function isPossible(id: ActId, store: Store, caller: Grants): boolean {
  if (id === 'open') return store.phase === 'Ready';
  const { call, reads }: Rule = ACTS[id];
  if (reads !== undefined && rightRefusal(reads, caller, store)) return false;
  return call === undefined || isOffered(call, caller, store);
}

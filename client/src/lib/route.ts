/**
 * Addresses of the dashboard: `/`, `/stores`, `/stores/ID/TAB`, `/teams/ID`, and one for each of `NAMED`, each with parameters.
 * Any other page is `unknown`.
 */
import { useMemo, useSyncExternalStore } from 'react';
import { isSpare } from './spare-entry.ts';

/** Pages whose address is their name. */
const NAMED = ['activity', 'teams', 'users', 'profile', 'tokens'] as const;
type Named = (typeof NAMED)[number];

export interface Route {
  page: 'home' | 'stores' | 'store' | 'team' | Named | 'unknown';
  /** Of the store on the page `store`, of the team on the page `team`; empty on other pages. */
  id: string;
  /** Tab of the store's page; empty for its first one. */
  tab: string;
  params: URLSearchParams;
}

type Params = Record<string, string | undefined>;

/** Reads the path and query of an address, such as `/stores/st_1/logs?pod=a`. */
export function parseRoute(address: string): Route {
  const [path = '', query = ''] = address.split('?');
  const params = new URLSearchParams(query);
  const parts = path
    .replaceAll(/^\/|\/$/g, '')
    .split('/')
    .map(tryDecode);
  const [first, id = '', tab = '', ...rest] = parts;
  const none = { id: '', tab: '', params };
  if (path === '' || path === '/') return { page: 'home', ...none };
  if (parts.includes(undefined)) return { page: 'unknown', ...none };
  const named = NAMED.find((name) => name === first);
  if (named && id === '' && tab === '') return { page: named, ...none };
  if (first === 'teams' && tab === '') return { page: 'team', id, tab, params };
  if (first !== 'stores' || rest.length > 0) return { page: 'unknown', ...none };
  return id === '' ? { page: 'stores', ...none } : { page: 'store', id, tab, params };
}

/** Undefined for malformed percent-encoding such as `%E0%A4%A`. */
function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The path address of a `#/` link of 0.1; undefined for anything else. */
export function addressOfHash(hash: string): string | undefined {
  if (!hash.startsWith('#/')) return undefined;
  const [path = '', query = ''] = hash.slice(1).split('?');
  if (path === '/overview') return homeHref(Object.fromEntries(new URLSearchParams(query)));
  const { page, id, params } = parseRoute(`${path === '/' ? '/stores' : path}?${query}`);
  const given = Object.fromEntries(params);
  if (page === 'stores') return storesHref(given);
  return page === 'store' ? storeHref(id, given) : path;
}

/** Link to a store's page, to its `tab` if one is given; empty parameters are omitted. */
export function storeHref(id: string, { tab, ...params }: Params = {}): string {
  return `/stores/${encodeURIComponent(id)}${tab ? `/${encodeURIComponent(tab)}` : ''}${toQuery(params)}`;
}

export function storesHref(params: Params = {}): string {
  return `/stores${toQuery(params)}`;
}

export function homeHref(params: Params = {}): string {
  return `/${toQuery(params)}`;
}

/** Link to one of the pages that are named by their address. */
const namedHref =
  (name: Named) =>
  (params: Params = {}): string =>
    `/${name}${toQuery(params)}`;
export const activityHref = namedHref('activity');
export const teamsHref = namedHref('teams');
export const usersHref = namedHref('users');
export const profileHref = namedHref('profile');
export const tokensHref = namedHref('tokens');

export function teamHref(id: string): string {
  return `/teams/${encodeURIComponent(id)}`;
}

function toQuery(params: Params): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
}

/** Fired when this page changes its own address; the browser fires `popstate` for Back and Forward alone. */
const CHANGED = 'shopyard:address';

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(CHANGED, listener);
  };
}

const currentAddress = (): string => location.pathname + location.search;

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, currentAddress);
  return useMemo(() => parseRoute(address), [address]);
}

/** The route as it is now, for event handlers. */
export function currentRoute(): Route {
  return parseRoute(currentAddress());
}

/** Fired before this page leaves its address; whoever cancels it has taken over the way to `detail`. */
const LEAVING = 'shopyard:leaving';

/** Does nothing if somebody holds the page: unsaved edits ask first. */
export function navigate(href: string): void {
  if (dispatchEvent(new CustomEvent(LEAVING, { cancelable: true, detail: href }))) leaveTo(href);
}

/** Like `navigate`, without asking anybody. */
export function leaveTo(href: string): void {
  if (isSpare(history.state)) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  dispatchEvent(new Event(CHANGED));
}

/** Holds the page: `onLeaving` gets each address that it should lead to. Returns the function that lets go. */
export function holdPage(onLeaving: (href: string) => void): () => void {
  const hold = (event: Event): void => {
    if (!(event instanceof CustomEvent) || typeof event.detail !== 'string') return;
    event.preventDefault();
    onLeaving(event.detail);
  };
  addEventListener(LEAVING, hold);
  return () => removeEventListener(LEAVING, hold);
}

/** Changes the address without adding a history entry. */
export function redirect(href: string): void {
  history.replaceState(history.state, '', href);
  dispatchEvent(new Event(CHANGED));
}

/** Changes parameters of the current address without adding a history entry. */
export function setParams(changes: Params): void {
  const params = Object.fromEntries(currentRoute().params);
  redirect(`${location.pathname}${toQuery({ ...params, ...changes })}`);
}

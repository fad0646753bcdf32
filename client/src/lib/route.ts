/** Routing by the URL hash alone: `#/`, `#/stores/ID`, `#/overview`, each with parameters. Any other is `unknown`. */
import { useMemo, useSyncExternalStore } from 'react';

export interface Route {
  page: 'stores' | 'store' | 'overview' | 'unknown';
  /** Id of the store on the page `store`; empty on other pages. */
  id: string;
  params: URLSearchParams;
}

type Params = Record<string, string | undefined>;

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const params = new URLSearchParams(query);
  const [first, second = '', ...rest] = path.split('/');
  const id = tryDecode(second);
  const page =
    path === '' || path === 'stores' || path === 'stores/'
      ? 'stores'
      : path === 'overview'
        ? 'overview'
        : first === 'stores' && id !== undefined && rest.length === 0
          ? 'store'
          : 'unknown';
  return { page, id: page === 'store' ? (id ?? '') : '', params };
}

/** Undefined for malformed percent-encoding such as `%E0%A4%A`. */
function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Link to a store's page; empty parameters are omitted. */
export function storeHref(id: string, params: Params = {}): string {
  return `#/stores/${encodeURIComponent(id)}${toQuery(params)}`;
}

export function storesHref(params: Params = {}): string {
  return `#/${toQuery(params)}`;
}

function toQuery(params: Params): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

export function navigate(href: string): void {
  location.hash = href;
}

/** Changes parameters of the current address without adding a history entry. */
export function setParams(changes: Params): void {
  const [path = '#/'] = location.hash.split('?');
  const params = Object.fromEntries(parseRoute(location.hash).params);
  history.replaceState(null, '', `${path || '#/'}${toQuery({ ...params, ...changes })}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

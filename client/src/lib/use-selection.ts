import { useSyncExternalStore } from 'react';

const PREFIX = '#/stores/';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The store that the address names, so that a link leads to it. */
export function useSelection(): string | undefined {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return hash.startsWith(PREFIX) ? decodeURIComponent(hash.slice(PREFIX.length)) : undefined;
}

export function select(id: string | undefined): void {
  location.hash = id === undefined ? '#/' : hrefOf(id);
}

export function hrefOf(id: string): string {
  return PREFIX + encodeURIComponent(id);
}

/** Sites as browsers see them: pages of one site may set cookies for each other. Pure. */
import { getDomain } from 'tldts';

/**
 * The registrable domain that the pages of stores would share with the dashboard; `undefined` if they share none. Names of
 * this machine (NAME.localhost) and addresses share none.
 */
export function sharedSite(dashboard: URL | undefined, storeDomain: string | undefined): string | undefined {
  if (!dashboard || storeDomain === undefined) return undefined;
  const { hostname } = dashboard;
  // A store could have the dashboard's own name.
  if (hostname.endsWith(`.${storeDomain}`)) return storeDomain;
  const site = siteOf(`store.${storeDomain}`);
  return site !== undefined && site === siteOf(hostname) ? site : undefined;
}

/** Private suffixes such as github.io count, as they do in browsers. */
const siteOf = (host: string): string | undefined => getDomain(host, { allowPrivateDomains: true }) ?? undefined;

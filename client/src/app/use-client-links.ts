import { useEffect, useLayoutEffect } from 'react';
import { addressOfHash, navigate, redirect } from '../lib/route.ts';

/** Paths that the server answers itself. */
const SERVED = /^\/(assets|trpc|session|platform|openapi\.json|healthz|readyz|metrics)(\/|$)|\.\w+$/;

/** Follows plain clicks on links to the dashboard's own pages without reloading. */
export function useClientLinks(): void {
  useEffect(() => {
    const onClick = (event: MouseEvent): void => {
      const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (event.defaultPrevented || event.button !== 0 || modified || !(event.target instanceof Element)) return;
      const link = event.target.closest('a');
      if (!link?.href || (link.target && link.target !== '_self') || link.hasAttribute('download')) return;
      const { origin, pathname, search, hash } = new URL(link.href);
      if (origin !== location.origin || SERVED.test(pathname) || hash !== '') return;
      event.preventDefault();
      if (pathname + search !== location.pathname + location.search) navigate(pathname + search);
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);
}

/** Leads `#/` links of 0.1 to the paths that they mean. */
export function useHashLinks(): void {
  useLayoutEffect(() => {
    const leadOn = (): void => {
      const address = addressOfHash(location.hash);
      if (address !== undefined) redirect(address);
    };
    leadOn();
    addEventListener('hashchange', leadOn);
    return () => removeEventListener('hashchange', leadOn);
  }, []);
}

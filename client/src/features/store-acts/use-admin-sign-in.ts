import { describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';

const BLOCKED = 'The browser blocked the new tab. Allow pop-ups for this page, or use Show password.';

/**
 * Opens the administrator's pages of a store in a new tab, signed in by a link that works once. To be called within a click
 * or a key: browsers block a tab that opens later. Resolves with what went wrong, in words.
 */
export function useAdminSignIn(): (id: string) => Promise<string | undefined> {
  const { client } = trpc.useUtils();
  return async (id) => {
    const tab = window.open('', '_blank');
    if (!tab) return BLOCKED;
    tab.document.title = 'Signing in…';
    tab.document.body.textContent = 'Signing in…';
    // The store's pages must not reach this one.
    tab.opener = null;
    try {
      const { url } = await client.stores.loginLink.mutate({ id });
      tab.location.replace(url);
      return undefined;
    } catch (error) {
      tab.close();
      return describeError(error);
    }
  };
}

import { BlockedError, describeError } from '../../lib/describe-error.ts';
import { trpc } from '../../live/trpc.ts';
import type { Reveal } from './reveal.ts';
import { useRevealProof } from './reveal-proof.tsx';

/**
 * Opens the administrator's pages of a store in a new tab, signed in by a link that works once. To be called within a click
 * or a key: browsers block a tab that opens later. Resolves with what went wrong, in words.
 */
export function useAdminSignIn(): (id: string) => Promise<string | undefined> {
  const { client } = trpc.useUtils();
  const prove = useRevealProof();
  const open =
    (id: string): Reveal =>
    async ({ reason, confirm }) => {
      const tab = window.open('', '_blank');
      if (!tab) throw new BlockedError();
      tab.document.title = 'Signing in…';
      tab.document.body.textContent = 'Signing in…';
      // The store's pages must not reach this one.
      tab.opener = null;
      try {
        await confirm();
        const { url } = await client.stores.loginLink.mutate({ id, reason });
        tab.location.replace(url);
      } catch (error) {
        tab.close();
        throw error;
      }
    };
  return (id) => prove(open(id)).then(() => undefined, describeError);
}

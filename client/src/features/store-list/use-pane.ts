/** The store whose pane is open beside the list: the parameter `open` of the address, where there is room for it. */
import { setParams, useRoute } from '../../lib/route.ts';
import { useMedia } from '../../lib/use-media.ts';

export interface Pane {
  /** Whether a click on a row opens the pane; if not, it opens the store's page. */
  fits: boolean;
  /** Id of the store; undefined while the pane is closed. */
  id: string | undefined;
  open: (id: string) => void;
  close: () => void;
}

export function usePane(): Pane {
  const fits = useMedia('(min-width: 90rem)');
  const asked = useRoute().params.get('open') ?? '';
  return {
    fits,
    id: fits && asked !== '' ? asked : undefined,
    open: (id) => setParams({ open: id }),
    close: () => setParams({ open: undefined }),
  };
}

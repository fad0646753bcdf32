/** How the rows of the list are laid out on this screen. Must match store-table.module.css. */
import { needsAttention, type Store } from '@shopyard/contracts';
import { useMedia } from '../../lib/use-media.ts';

type Layout = 'wide' | 'medium' | 'short' | 'card';

/** Room for three lines of a reason beside or below its attention, on short screens for one. */
const ROW_PX = { wide: 60, medium: 78, short: 36 };
/** Cards are as high as their content: this holds until they are measured. */
const CARD_PX = { urgent: 168, working: 112, ready: 88 };

export function useLayout(): Layout {
  const card = useMedia('(max-width: 40rem)');
  const medium = useMedia('(max-width: 75rem)');
  const short = useMedia('(max-height: 32rem)');
  return card ? 'card' : short ? 'short' : medium ? 'medium' : 'wide';
}

/** Height of a row in pixels. */
export function heightOf(layout: Layout, store?: Store): number {
  if (layout !== 'card') return ROW_PX[layout];
  if (!store || store.phase === 'Ready') return CARD_PX.ready;
  return needsAttention(store) ? CARD_PX.urgent : CARD_PX.working;
}

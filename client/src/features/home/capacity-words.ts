/** Room for more stores, in words. Pure. */
import { MAX_ROOM } from '@shopyard/contracts';

/** Such as `Room for about 14 more small stores`. */
export function toSentence({ size, stores }: { size: string; stores: number }): string {
  if (stores === 0) return `No room for another ${size} store`;
  if (stores === 1) return `Room for 1 more ${size} store`;
  return `Room for ${stores >= MAX_ROOM ? `more than ${formatCount(MAX_ROOM)}` : `about ${stores} more`} ${size} stores`;
}

/** Such as `14`, or `1,000+`. */
export const formatRoom = (stores: number): string =>
  stores >= MAX_ROOM ? `${formatCount(MAX_ROOM)}+` : String(stores);
const formatCount = (count: number): string => count.toLocaleString('en');

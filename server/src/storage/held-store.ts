/** A store that was adopted is left as its former installation made it, until its spec gets another generation here. */
import type { StoreRow } from './tables.ts';

type HeldColumns = Pick<StoreRow, 'generation' | 'held_generation' | 'held_url'>;

export function isHeld({ generation, held_generation: held }: HeldColumns): boolean {
  return held === generation;
}

/** The address that it still has; undefined when it has the platform's, or its own isn't known. */
export function heldUrlOf(row: HeldColumns): string | undefined {
  return isHeld(row) ? (row.held_url ?? undefined) : undefined;
}

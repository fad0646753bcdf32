import type { Finding } from '@shopyard/contracts';

/** Why a store is not ready. */
export interface Diagnosis extends Finding {
  /** How often the container ended by itself, where that is the cause. */
  crashes?: number;
}

/** The text with a full stop, unless it ends a sentence already. A colon with nothing behind it goes. */
export function toSentence(text: string): string {
  const trimmed = text.replace(/[:\s]+$/, '').trimStart();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

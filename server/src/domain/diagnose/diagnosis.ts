import type { Finding } from '@shopyard/contracts';

/** Why a store is not ready. */
export interface Diagnosis extends Finding {
  /** How often the container ended by itself, where that is the cause. */
  crashes?: number;
}

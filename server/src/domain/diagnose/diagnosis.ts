/** Why a store is not ready, in plain words. */

export interface Diagnosis {
  /** Stable CamelCase code. */
  reason: string;
  /** One sentence with the cause, and what to do. */
  message: string;
  /** Waiting won't help: something must be changed first. */
  terminal: boolean;
  /** How often the container ended by itself, where that is the cause. */
  crashes?: number;
}

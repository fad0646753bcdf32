import type { Caller } from '@shopyard/contracts';

/** Which stores of another installation somebody asks to take over. */
export interface AdoptRequest {
  installation: string;
  /** Names of the stores to adopt; all if absent. */
  stores?: readonly string[] | undefined;
  caller: Caller;
}

export interface Proof {
  /** For the history. */
  reason?: string;
  /** To be awaited before the call; rejects if the password is wrong. */
  confirm: () => Promise<void>;
}

/** Makes the call. Begins within a click or a key, so that it may open a tab. */
export type Reveal = (proof: Proof) => Promise<void>;

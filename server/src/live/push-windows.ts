/**
 * Minimum interval between two messages of one subscription, in milliseconds. The first change after a quiet period is sent
 * at once; later changes within the window are sent together.
 */
export const PUSH_WINDOW_MS = {
  list: 50,
  /** Larger, because each message contains the whole store. */
  store: 100,
  logs: 50,
  /** Cluster events, mail and the release. */
  feeds: 250,
  overview: 5000,
} as const;

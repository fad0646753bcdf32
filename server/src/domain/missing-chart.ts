import type { Pinned } from '@shopyard/contracts';

/** Why a store's release can't be applied, and the way on. */
export function missingChart({ chart }: Pinned): string {
  const { version = 'unknown', digest } = chart ?? {};
  const named = digest === undefined ? version : `${version} (${digest.slice(0, 12)})`;
  return `The store is kept at chart ${named}, which this server does not have. What runs keeps running. Move the store to the present chart in its settings, or put that chart's package back into the data directory.`;
}

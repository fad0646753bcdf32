/** The store's URL in a release's values. */
export function findUrl(values: unknown): string | undefined {
  // Claims nothing: every level may be missing.
  const url = (values as { store?: { url?: unknown } } | null)?.store?.url;
  return typeof url === 'string' ? url : undefined;
}

/** The code of a refusal, one of `ERROR_CODES`; `undefined` for other failures. */
export function errorCodeOf(reason: unknown): string | undefined {
  // Claims nothing: other failures have no such data.
  const { data } = (reason ?? {}) as { data?: { shopyard?: { code?: string } } | null };
  return data?.shopyard?.code;
}

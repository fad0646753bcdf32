/** API server failures by kind. Only this file matches their message text. */

export type ClusterErrorKind =
  'not-found' | 'conflict' | 'expired' | 'forbidden' | 'unauthorized' | 'terminating' | 'unavailable' | 'other';

export class ClusterError extends Error {
  readonly kind: ClusterErrorKind;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** The server's requested wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: ClusterErrorKind,
    message: string,
    details: { status?: number; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'ClusterError';
    this.kind = kind;
    this.status = details.status ?? 0;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export function isKind(error: unknown, ...kinds: ClusterErrorKind[]): error is ClusterError {
  return error instanceof ClusterError && kinds.includes(error.kind);
}

/** Whether the caller's own rights are why the API server refused, not the object. */
export const isDenied = ({ message }: Error): boolean => / is forbidden: User "/.test(message);

/** The quota that, as it is now, is why the API server refused. */
export const quotaOf = ({ message }: Error): string | undefined => /exceeded quota: ([^,]+),/.exec(message)?.[1];

/** Whether a dry run can't be answered: a webhook in between doesn't allow one, or doesn't respond. */
export const isUnsure = ({ message }: Error): boolean =>
  /does not support dry run|failed calling webhook/.test(message);

/** The request's answer; `undefined` if it failed for this reason. Throws every other error. */
export async function unless<Answer>(kind: ClusterErrorKind, request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isKind(error, kind)) return undefined;
    throw error;
  }
}

/** Converts an HTTP error response; `body` is a `Status` object as text, or any other text. */
export function clusterErrorOf(status: number, body: string, retryAfter?: string | null): ClusterError {
  const parsed = parseStatus(body);
  const message = parsed.message ?? `the API server answered ${status}`;
  const retryAfterMs = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined;
  return new ClusterError(kindOf(status, parsed.reason, message), message, { status, retryAfterMs });
}

/** No answer at all: refused, reset, timed out, bad certificate. */
export function unreachable(cause: unknown): ClusterError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const detail = inner instanceof Error ? inner.message : 'no answer';
  return new ClusterError('unavailable', `The cluster is unreachable: ${detail}`, { cause });
}

function kindOf(status: number, reason: string | undefined, message: string): ClusterErrorKind {
  if (status === 403 && message.includes('because it is being terminated')) return 'terminating';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 410 || reason === 'Expired' || reason === 'Gone') return 'expired';
  // A cluster restored from a backup continues from an earlier version.
  if (message.includes('Too large resource version')) return 'expired';
  if (status === 403) return 'forbidden';
  if (status === 401) return 'unauthorized';
  return status === 429 || status >= 500 ? 'unavailable' : 'other';
}

function parseStatus(body: string): { message?: string; reason?: string } {
  try {
    return JSON.parse(body) as { message?: string; reason?: string };
  } catch {
    return {};
  }
}

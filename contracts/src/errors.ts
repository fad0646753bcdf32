/** Every failure that callers can see, and its form over tRPC and HTTP. */
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';

export const ERROR_CODES = [
  'validation_failed',
  'payload_too_large',
  'unauthorized',
  'sign_in_again',
  'forbidden',
  'not_found',
  'name_taken',
  'idempotency_mismatch',
  'being_deleted',
  'generation_mismatch',
  'plan_expired',
  'busy',
  'confirmation_needed',
  'downgrade_refused',
  'not_deleting',
  'quota_exceeded',
  'too_many_requests',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One table serves both transports, because tRPC knows the HTTP status of each of its codes. */
export const TRPC_CODE = {
  validation_failed: 'BAD_REQUEST',
  payload_too_large: 'PAYLOAD_TOO_LARGE',
  unauthorized: 'UNAUTHORIZED',
  sign_in_again: 'FORBIDDEN',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  name_taken: 'CONFLICT',
  idempotency_mismatch: 'CONFLICT',
  being_deleted: 'CONFLICT',
  generation_mismatch: 'CONFLICT',
  plan_expired: 'CONFLICT',
  busy: 'CONFLICT',
  confirmation_needed: 'CONFLICT',
  downgrade_refused: 'CONFLICT',
  not_deleting: 'CONFLICT',
  quota_exceeded: 'CONFLICT',
  too_many_requests: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

export interface FieldIssue {
  /** Dotted path in the input, such as `name`. */
  field: string;
  /** The same, key by key, because a key may contain dots: `['values', 'quota', 'hard', 'requests.cpu']`. */
  path: string[];
  message: string;
}

export function issueAt(path: readonly string[], message: string): FieldIssue {
  return { field: path.join('.'), path: [...path], message };
}

/** Error sent to clients: a stable code, one sentence with the remedy, and the invalid fields. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  issues?: FieldIssue[];
}

/** An expected failure. Services throw it; the transports translate it. */
export class ShopyardError extends Error {
  readonly code: ErrorCode;
  readonly issues: FieldIssue[] | undefined;

  constructor(code: ErrorCode, message: string, issues?: FieldIssue[]) {
    super(message);
    this.name = 'ShopyardError';
    this.code = code;
    this.issues = issues;
  }
}

/** Sent with `Retry-After`. */
export class TooManyRequestsError extends ShopyardError {
  readonly retryAfterS: number;

  constructor(message: string, retryAfterS: number) {
    super('too_many_requests', message);
    this.retryAfterS = retryAfterS;
  }
}

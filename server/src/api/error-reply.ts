/** Translates any failure into a REST response: `{"error": {"code", "message"}}` with the right status. */
import { type ErrorBody, ShopyardError, TooManyRequestsError, TRPC_CODE } from '@shopyard/contracts';
import { bodyOf } from '@shopyard/contracts/router';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { FastifyError } from 'fastify';

const RETRY_AFTER_S = 10;

export interface ErrorReply {
  status: number;
  body: { error: ErrorBody };
}

export function errorReplyOf(error: unknown): ErrorReply {
  const trpcError = asTRPCError(error);
  return { status: getHTTPStatusCodeFromError(trpcError), body: { error: bodyOf(trpcError) } };
}

/** Seconds after which a refused request may be repeated. */
export function retryAfterOf(error: unknown): number {
  const cause = error instanceof TRPCError ? error.cause : error;
  return cause instanceof TooManyRequestsError ? cause.retryAfterS : RETRY_AFTER_S;
}

function asTRPCError(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error;
  // Every other error came through Fastify; those of other kinds have no code.
  const known = error instanceof ShopyardError ? error : fromFastify(error as FastifyError);
  return new TRPCError({ code: TRPC_CODE[known.code], message: known.message, cause: known });
}

/** Translates Fastify's own errors: a body that is too large, unreadable or of the wrong length. */
function fromFastify(error: FastifyError): ShopyardError {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new ShopyardError('payload_too_large', 'the body is larger than 64 KiB');
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new ShopyardError('validation_failed', error.message);
  return new ShopyardError('internal', "something failed on our side; see the server's log");
}

/** tRPC setup shared by both routers: context, error format, and translation of expected failures. */
import { initTRPC, TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { z } from 'zod';
import type { Caller } from './caller.ts';
import { changesCluster, isProcedureName, refusal } from './capabilities.ts';
import { type ErrorBody, type FieldIssue, issueAt, ShopyardError, TRPC_CODE } from './errors.ts';
import type { Services, WatchOptions } from './services.ts';

export interface Context {
  services: Services;
  caller: Caller;
  /** See `WatchOptions.writable`. */
  writable: () => Promise<void>;
  /** Counts this call. Throws TooManyRequestsError. */
  admit: (type: 'query' | 'mutation' | 'subscription') => void;
}

const t = initTRPC
  .context<Context>()
  .meta<OpenApiMeta>()
  .create({
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      message: bodyOf(error).message,
      data: {
        ...statusOf(error),
        path: shape.data.path,
        shopyard: bodyOf(error),
      },
    }),
    sse: { enabled: false },
  });

export const router = t.router;

const translateErrors = t.middleware(async ({ path, ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (!(cause instanceof ShopyardError)) return result;
  if (cause.code === 'forbidden') await ctx.services.access.noteRefusal(path, ctx.caller);
  throw new TRPCError({ code: TRPC_CODE[cause.code], message: cause.message, cause });
});

export const procedure = t.procedure.use(translateErrors).use(async ({ type, path, ctx, next }) => {
  ctx.admit(type);
  assertAllowed(path, ctx.caller);
  if (type === 'mutation' && changesCluster(path)) await ctx.services.platform.assertChangeable();
  return next();
});

/** By the caller's rights; the state of the store is for the server to check. Throws ShopyardError `forbidden`. */
function assertAllowed(path: string, caller: Caller): void {
  if (!isProcedureName(path)) throw new ShopyardError('forbidden', `nobody has a right to ${path}`);
  const refused = refusal(path, caller);
  if (refused) throw new ShopyardError(refused.code, refused.message);
}

/** Extra input of a subscription that is being resumed. */
export const resume = z.object({ lastEventId: z.string().nullish() });

export function watchOptions(
  writable: () => Promise<void>,
  lastEventId: string | null | undefined,
  signal: AbortSignal | undefined,
): WatchOptions {
  return { lastEventId: lastEventId ?? undefined, signal: signal ?? new AbortController().signal, writable };
}

/** Also covers failures inside a subscription, which bypass the middleware. */
function statusOf(error: TRPCError): { code: TRPC_ERROR_CODE_KEY; httpStatus: number } {
  const code = error.cause instanceof ShopyardError ? TRPC_CODE[error.cause.code] : error.code;
  return { code, httpStatus: getHTTPStatusCodeFromError(new TRPCError({ code })) };
}

/** The error body for any failure. Unexpected failures reveal no details. */
export function bodyOf(error: TRPCError): ErrorBody {
  const { cause } = error;
  if (cause instanceof ShopyardError) {
    const { code, message, issues } = cause;
    return { code, message, ...(issues ? { issues } : {}) };
  }
  if (cause instanceof z.ZodError) {
    const issues = cause.issues.map(fieldIssue);
    const message = issues
      .map((issue) => (issue.field ? `${issue.field}: ${issue.message}` : issue.message))
      .join('; ');
    return { code: 'validation_failed', message, issues };
  }
  switch (error.code) {
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
    case 'UNSUPPORTED_MEDIA_TYPE':
    case 'METHOD_NOT_SUPPORTED':
      return { code: 'validation_failed', message: error.message };
    case 'NOT_FOUND':
      return { code: 'not_found', message: error.message };
    case 'PAYLOAD_TOO_LARGE':
      return { code: 'payload_too_large', message: error.message };
    default:
      return { code: 'internal', message: "something failed on our side; see the server's log" };
  }
}

function fieldIssue(issue: z.core.$ZodIssue): FieldIssue {
  return issueAt(issue.path.map(String), issue.message);
}

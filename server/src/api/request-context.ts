/** Makes the context of a request: the caller, with the idempotency key of a create. */
import type { IncomingMessage } from 'node:http';
import { type Caller, ShopyardError, TRPC_CODE } from '@shopyard/contracts';
import type { Services } from '@shopyard/contracts/services';
import type { Context } from '@shopyard/contracts/router';
import { TRPCError } from '@trpc/server';
import { callerOf, type Callers } from './caller.ts';

/** What of the services this caller may use, on which stores. */
export type Scope = (services: Services, caller: Caller) => Services;

export interface ContextSource {
  services: Services;
  /** Who calls, and how often they may. */
  callers: Pick<Callers, 'identify' | 'admit'>;
  scope: Scope;
  /** The way in: REST, or the router's own protocol. */
  transport: 'rest' | 'trpc';
  /** See `WatchOptions.writable`. */
  writable?: () => Promise<void>;
}

/** Rejects with TRPCError, which both transports turn into the right status. */
export async function contextOf(req: IncomingMessage, source: ContextSource): Promise<Context> {
  const { services, callers, scope, transport, writable = ready } = source;
  try {
    const identity = await callers.identify(req);
    const caller = callerOf(req, identity, transport);
    return {
      services: scope(services, caller),
      caller: { ...caller, idempotencyKey: idempotencyKeyOf(req) },
      writable,
      admit: (type) => callers.admit(identity, type),
    };
  } catch (error) {
    if (!(error instanceof ShopyardError)) throw error;
    throw new TRPCError({ code: TRPC_CODE[error.code], message: error.message, cause: error });
  }
}

const ready = (): Promise<void> => Promise.resolve();

function idempotencyKeyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new ShopyardError('validation_failed', 'Idempotency-Key must be 1 to 200 printable characters without spaces');
}

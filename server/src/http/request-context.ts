/** What a request brings along: who calls, and the key under which a create may be repeated. */
import type { IncomingHttpHeaders } from 'node:http';
import { ShopyardError, type Services } from '@shopyard/contracts';
import type { Context } from '@shopyard/contracts/router';

/** There are no accounts yet: whoever reaches the server is its one user. */
const CALLER = 'local';

export function contextOf(
  services: Services,
  headers: IncomingHttpHeaders,
  writable: () => Promise<void> = ready,
): Context {
  return { services, caller: { name: CALLER, idempotencyKey: idempotencyKeyOf(headers) }, writable };
}

const ready = (): Promise<void> => Promise.resolve();

function idempotencyKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new ShopyardError('validation_failed', 'Idempotency-Key must be 1 to 200 printable characters without spaces');
}

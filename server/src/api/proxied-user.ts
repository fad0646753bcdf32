/** Users whom a proxy in front of Shopyard names. It proves itself with a secret; whoever it lets in is an administrator. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ShopyardError } from '@shopyard/contracts';
import type { Auth } from '../config/listen-config.ts';
import type { Identity } from './identity.ts';

export const PROXY_SECRET_HEADER = 'x-shopyard-proxy-secret';
const MAX_USER = 200;

/** Throws ShopyardError `unauthorized`. */
export function readProxied(
  { headersDistinct }: IncomingMessage,
  { secret, userHeader }: Extract<Auth, { kind: 'proxy' }>,
  publicUrl?: URL,
): Omit<Identity, 'address'> {
  const where = publicUrl ? publicUrl.origin : 'the proxy in front of Shopyard';
  const secrets = headersDistinct[PROXY_SECRET_HEADER] ?? [];
  // Comparing digests takes constant time, whatever the lengths.
  const proven = secrets.length === 1 && timingSafeEqual(digest(secrets[0] ?? ''), digest(secret));
  if (!proven) throw new ShopyardError('unauthorized', `Sign in through ${where}.`);
  const name = userFrom(headersDistinct[userHeader]);
  if (name === undefined)
    throw new ShopyardError('unauthorized', `Sign in through ${where}: it sent no valid user in ${userHeader}.`);
  return { name, key: `user ${name}`, roles: ['admin'], by: 'proxy' };
}

/** A header that occurs twice names nobody, because one of the two may come from the client. */
function userFrom(values: string[] | undefined): string | undefined {
  if (values?.length !== 1) return undefined;
  const name = Buffer.from(values[0] ?? '', 'latin1')
    .toString('utf8')
    .trim();
  // Rejects control, format and unassigned characters, because the name appears in histories and logs.
  return name.length > 0 && name.length <= MAX_USER && !/[\p{C}\u{fffd}]/u.test(name) ? name : undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'latin1').digest();
}

/** Checks the links that sign the administrator in; engines/src/sign-in-token.ts is the counterpart. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const PURPOSE = 'shopyard sign-in link v1';
/** A page of the admin below its path, and nothing that leads elsewhere. */
const PAGE = /^(?![/\\])[\w\-/?=&%.]*$/;

export interface Token {
  /** The login's email address. */
  user: string;
  /** Page below the admin's path. */
  to: string;
  nonce: string;
  /** Seconds since 1970. */
  expires: number;
}

/** `undefined` for one that is not ours, has expired, or leads elsewhere. Pure. */
export function readToken(text: string, { env, now }: { env: NodeJS.ProcessEnv; now: number }): Token | undefined {
  const { JWT_SECRET, COOKIE_SECRET, STORE_URL } = env;
  const [body = '', signature = ''] = text.split('.');
  if (!JWT_SECRET || !COOKIE_SECRET || body === '') return undefined;
  const key = createHmac('sha256', JWT_SECRET + COOKIE_SECRET)
    .update(PURPOSE)
    .digest();
  const expected = createHmac('sha256', key).update(`${STORE_URL}\n${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  // Signed by Shopyard, so it has this shape.
  const token = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Token;
  return token.expires > now && PAGE.test(token.to) && !token.to.includes('..') ? token : undefined;
}

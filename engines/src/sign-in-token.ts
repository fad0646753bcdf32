/**
 * Makes the link that signs a store's administrator in once. The store checks it; each engine says where, and with which of
 * its credentials. docs/decisions/sign-in-link.md says why it is built like this.
 */
import { createHmac } from 'node:crypto';
import type { Ask } from './ask.ts';
import type { Engine, SignIn } from './engine.ts';

const PARAMETER = 'shopyard-sign-in-token';
const LIFETIME_S = 60;
const PURPOSE = 'shopyard sign-in link v1';
/** Letters and digits: more than 180 bits. */
const NONCE_LENGTH = 32;

interface SignInPage {
  /** Path of the page that takes the token. */
  page: string;
  /** Key of the login name in the credentials. */
  username: string;
  /** Keys of the credentials that sign, together. */
  secrets: readonly string[];
}

export function createSignIn(options: SignInPage): NonNullable<Engine['signIn']> {
  const page = `${options.page}?${PARAMETER}=`;
  return async (ask, request) => {
    const clock = await readClock(ask, page);
    if ('missing' in clock) return clock;
    const token = toToken(options, request, clock.now + LIFETIME_S);
    return token === undefined
      ? { missing: 'the store has no login yet' }
      : { path: page + token, seconds: LIFETIME_S };
  };
}

/** `expires`: seconds since 1970, by the store's clock. `undefined` if the credentials lack what it is signed with. */
function toToken({ username, secrets }: SignInPage, request: SignIn, expires: number): string | undefined {
  const { url, credentials, to, random } = request;
  const user = credentials[username];
  const key = secrets.map((name) => credentials[name]);
  if (!user || !key.every(Boolean)) return undefined;
  const text = Buffer.from(JSON.stringify({ user, to, nonce: random(NONCE_LENGTH), expires })).toString('base64url');
  const derived = createHmac('sha256', key.join('')).update(PURPOSE).digest();
  return `${text}.${createHmac('sha256', derived).update(`${url}\n${text}`).digest('base64url')}`;
}

/** The store's own time, in seconds since 1970: the link expires by it. */
async function readClock(ask: Ask, page: string): Promise<{ now: number } | { missing: string }> {
  const { status, body } = await ask(page);
  if (status >= 500) return { missing: `the store's login page answers ${status}: see its log` };
  return (
    parseClock(body) ?? {
      missing: 'the store was set up before there were such links: update it once, even with the same values',
    }
  );
}

function parseClock(body: string): { now: number } | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null) return undefined;
    const { signIn: version, now } = answer as Record<string, unknown>;
    return version === 1 && typeof now === 'number' ? { now } : undefined;
  } catch {
    return undefined;
  }
}

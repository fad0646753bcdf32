/**
 * Makes the link that signs the store's administrator in once. The store checks it: `files/sign-in.php` of the chart, whose
 * counterpart this is. docs/decisions/sign-in-link.md says why it is built like this.
 */
import { createHmac } from 'node:crypto';
import type { Ask } from '../ask.ts';
import type { Engine, SignIn } from '../engine.ts';
import { login } from './credentials.ts';

const PAGE = '/wp-login.php?shopyard-sign-in-token=';
const LIFETIME_S = 60;
const PURPOSE = 'shopyard sign-in link v1';
/** Letters and digits: more than 180 bits. */
const NONCE_LENGTH = 32;

export const signIn: NonNullable<Engine['signIn']> = async (ask, request) => {
  const clock = await readClock(ask);
  if ('missing' in clock) return clock;
  const token = toToken(request, clock.now + LIFETIME_S);
  return token === undefined ? { missing: 'the store has no login yet' } : { path: PAGE + token, seconds: LIFETIME_S };
};

/** `expires`: seconds since 1970, by the store's clock. `undefined` if the credentials lack what it is signed with. */
function toToken({ url, credentials, to, random }: SignIn, expires: number): string | undefined {
  const user = credentials[login.username];
  const secrets = [credentials['secure-auth-key'], credentials['secure-auth-salt']];
  if (!user || !secrets.every(Boolean)) return undefined;
  const text = Buffer.from(JSON.stringify({ user, to, nonce: random(NONCE_LENGTH), expires })).toString('base64url');
  const key = createHmac('sha256', secrets.join('')).update(PURPOSE).digest();
  return `${text}.${createHmac('sha256', key).update(`${url}\n${text}`).digest('base64url')}`;
}

/** The store's own time, in seconds since 1970: the link expires by it. */
async function readClock(ask: Ask): Promise<{ now: number } | { missing: string }> {
  const { status, body } = await ask(PAGE);
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

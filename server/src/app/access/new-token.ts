/** Makes API tokens: a prefix, an id, a secret and a check sum, so that scanners for secrets find them. */
import { crc32 } from 'node:zlib';
import { type CreateToken, issueAt, ShopyardError, type Token } from '@shopyard/contracts';
import ipaddr from 'ipaddr.js';
import { randomText } from '../../kit/random-text.ts';
import { digestOf } from '../../kit/secret.ts';
import type { KeptToken, TokenOwner } from '../../storage/access-storage.ts';

const DAY_MS = 24 * 3_600_000;
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const FORM = /^sy_([A-Za-z0-9]{8})_[A-Za-z0-9]{32}_[0-9a-f]{8}$/;

/** `secret` is for whoever asked, and kept nowhere. Throws ShopyardError `validation_failed` for what is no network. */
export function newToken(
  { name, scopes, team, days, networks }: CreateToken,
  { owner, at }: { owner: TokenOwner; at: Date },
): { token: KeptToken; secret: string } {
  const wrong = networks?.find((network) => !ipaddr.isValidCIDR(network));
  if (wrong !== undefined) {
    const message = `"${wrong}" is no network: write it as 192.0.2.0/24 or 2001:db8::/48`;
    throw new ShopyardError('validation_failed', `networks: ${message}`, [issueAt(['networks'], message)]);
  }
  const id = randomText(8, BASE62);
  const body = `sy_${id}_${randomText(32, BASE62)}`;
  const secret = `${body}_${crc32(body).toString(16).padStart(8, '0')}`;
  const token = {
    id,
    digest: digestOf(secret),
    name,
    scopes,
    ...(team === undefined ? {} : { team }),
    ...(networks === undefined ? {} : { networks }),
    createdAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + days * DAY_MS).toISOString(),
    ...owner,
  };
  return { token, secret };
}

/** The id in a text that has the form of a token. */
export function tokenIdIn(text: string): string | undefined {
  return FORM.exec(text)?.[1];
}

/** Whether the token is good from there. */
export function isWithin({ networks }: Pick<Token, 'networks'>, address: string): boolean {
  if (!networks) return true;
  if (!ipaddr.isValid(address)) return false;
  const from = ipaddr.process(address);
  return networks
    .map((network) => ipaddr.parseCIDR(network))
    .some(([network, bits]) => from.kind() === network.kind() && from.match(network, bits));
}

/** Without what only the server needs to know. */
export function toToken({ digest: _digest, ...kept }: KeptToken): Token {
  const { userId: _user, serviceAccountId: _account, ...token } = { userId: '', serviceAccountId: '', ...kept };
  return token;
}

/** What the audit trail says of it: names, and where it is good from. */
export function describeToken({ name, scopes, networks = [] }: Pick<Token, 'name' | 'scopes' | 'networks'>): string {
  return [name, ...scopes, ...networks.map((network) => `from ${network}`)].join(', ');
}

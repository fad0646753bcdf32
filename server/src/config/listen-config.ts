/** Where the server listens, its public address, and how it authenticates callers. */
import { isIP } from 'node:net';
import { z } from 'zod';

export type Auth =
  /** No authentication; loopback only. */
  | { kind: 'none' }
  /** No authentication although other machines can reach the port. */
  | { kind: 'insecure' }
  /** A proxy authenticates itself with `secret` and names the user in `userHeader` (lower case). */
  | { kind: 'proxy'; secret: string; userHeader: string }
  /** Everybody signs in, on loopback too. */
  | { kind: 'required' };

const SECRET_LENGTH = 32;

/** Schema of these variables; `config.ts` reads them along with all others. */
export const listenVariables = {
  SHOPYARD_PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(3000),
  SHOPYARD_HOST: z.string().default('127.0.0.1'),
  SHOPYARD_HEALTH_PORT: z.coerce.number('must be a port number').int().min(1).max(65_535).optional(),
  SHOPYARD_URL: z
    .string()
    .refine(isPlainAddress, 'must be an address such as https://shopyard.example.com, without a path')
    .optional(),
  SHOPYARD_AUTH: z.enum(['proxy', 'required'], 'must be proxy or required, or not set').optional(),
  SHOPYARD_AUTH_SECRET: z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`).optional(),
  SHOPYARD_SET_UP_CODE_FILE: z.string().optional(),
  SHOPYARD_AUTH_HEADER: z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'must be the name of a header')
    .default('X-Forwarded-User'),
  SHOPYARD_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((networks) => networks.every(isNetwork), 'must be networks such as 10.0.0.0/8, separated by commas'),
  SHOPYARD_INSECURE_NO_AUTH: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
};

export interface Listening {
  port: number;
  host: string;
  /** Dedicated port for health and metrics, on all interfaces. */
  healthPort?: number;
  /** Public address of the dashboard. */
  publicUrl?: URL;
  auth: Auth;
  /** Networks of proxies that may say whom they forward, as CIDRs. */
  trustedProxies?: string[];
}

type ListenValues = z.infer<z.ZodObject<typeof listenVariables>>;

/** Throws an Error that names the offending variables. */
export function toListening(values: ListenValues): Listening {
  const { SHOPYARD_URL: url, SHOPYARD_HEALTH_PORT: healthPort } = values;
  return {
    port: values.SHOPYARD_PORT,
    host: values.SHOPYARD_HOST,
    ...(healthPort === undefined ? {} : { healthPort }),
    ...(url === undefined ? {} : { publicUrl: new URL(url) }),
    auth: toAuth(values),
    trustedProxies: values.SHOPYARD_TRUSTED_PROXIES,
  };
}

function toAuth({
  SHOPYARD_AUTH: kind,
  SHOPYARD_AUTH_SECRET: secret,
  SHOPYARD_AUTH_HEADER: header,
  SHOPYARD_INSECURE_NO_AUTH: insecure,
}: ListenValues): Auth {
  if (kind === 'proxy') {
    if (insecure === '1')
      throw new Error('SHOPYARD_INSECURE_NO_AUTH=1 contradicts SHOPYARD_AUTH=proxy: unset one of them');
    if (secret === undefined) {
      throw new Error(
        `SHOPYARD_AUTH=proxy needs SHOPYARD_AUTH_SECRET, at least ${SECRET_LENGTH} characters that the proxy sends along`,
      );
    }
    return { kind, secret, userHeader: header.toLowerCase() };
  }
  if (kind === 'required' && insecure === '1')
    throw new Error('SHOPYARD_INSECURE_NO_AUTH=1 contradicts SHOPYARD_AUTH=required: unset one of them');
  if (secret !== undefined)
    throw new Error('SHOPYARD_AUTH_SECRET has no effect without SHOPYARD_AUTH=proxy: set it too');
  return { kind: kind ?? (insecure === '1' ? 'insecure' : 'none') };
}

function isNetwork(text: string): boolean {
  const [address = '', bits = ''] = text.split('/');
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + search + hash === '' && pathname === '/';
}

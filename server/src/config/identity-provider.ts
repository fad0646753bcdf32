/** The operator's file about an identity provider that knows people by OpenID Connect. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { roleSchema, teamIdSchema } from '@shopyard/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from '../kit/config-error.ts';
import { messageOf } from '../kit/error-message.ts';

const text = (most: number) => z.string().min(1, 'must not be empty').max(most, `must have at most ${most} characters`);

const schema = z.strictObject({
  /** On the button: "Sign in with NAME". */
  name: text(40),
  issuer: z
    .string()
    .refine(isSafeAddress, 'must be an https address, or http on this machine, such as https://id.example.com'),
  clientId: text(200),
  /** Relative to this file. Without one, the client is a public one. */
  clientSecretFile: text(1000).optional(),
  scopes: text(500).default('openid profile'),
  groupsClaim: text(100).default('groups'),
  /** Names a new account; the account is known by issuer and subject. */
  nameClaim: text(100).default('preferred_username'),
  groups: z
    .array(
      z
        .strictObject({ group: text(256), role: roleSchema, team: teamIdSchema.optional() })
        .refine(({ role, team }) => role !== 'admin' || team === undefined, 'is a role in all teams: name no team'),
    )
    .min(1, 'must have a row, such as {group: shopyard-admins, role: admin}')
    .max(1000),
});

export type IdentityProviderConfig = Omit<z.infer<typeof schema>, 'clientSecretFile'> & { clientSecret?: string };

/** YAML or JSON. Throws ConfigError. */
export function readIdentityProvider(file: string): IdentityProviderConfig {
  const fail = (why: string): never => {
    throw new ConfigError(`SHOPYARD_OIDC_FILE: ${file}: ${why}`);
  };
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      return fail(messageOf(error));
    }
  };
  const parsed = schema.safeParse(parseText(read(file), fail));
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    return fail(issues.join('; '));
  }
  const { clientSecretFile, ...rest } = parsed.data;
  if (clientSecretFile === undefined) return rest;
  const clientSecret = read(resolve(dirname(file), clientSecretFile)).trim();
  if (clientSecret === '') fail(`clientSecretFile ${clientSecretFile} is empty`);
  return { ...rest, clientSecret };
}

function parseText(content: string, fail: (why: string) => never): unknown {
  try {
    return parse(content);
  } catch (error) {
    return fail(messageOf(error));
  }
}

/** What comes from there decides who gets in, so it must come as it was sent. */
function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, search, hash } = new URL(address);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return (protocol === 'https:' || (protocol === 'http:' && isLocal)) && search + hash === '';
}

/** Service accounts: what a team's programs act as, whoever comes and goes. */
import { z } from 'zod';
import { teamIdSchema } from './teams.ts';
import { MAX_TOKEN_DAYS, networksSchema, tokenNameSchema, tokenSchema } from './tokens.ts';

/** A service account is of one team, and does nothing but with its stores. */
const SCOPES = ['stores:read', 'stores:sensitive', 'stores:write', 'stores:delete'] as const;
const scopeSchema = z.enum(SCOPES, `choose scopes: ${SCOPES.join(', ')}`);

export const serviceAccountSchema = z.object({
  id: z.string(),
  team: z.string(),
  /** Histories name it with its team, such as `shops/ci`. */
  name: z.string(),
  createdAt: z.iso.datetime(),
  /** Newest first. */
  tokens: z.array(tokenSchema),
});
export type ServiceAccount = z.infer<typeof serviceAccountSchema>;

export const teamInputSchema = z.object({ team: teamIdSchema });

export const createServiceAccountSchema = z.object({
  team: teamIdSchema,
  name: z
    .string({ error: 'send a name such as "ci"' })
    .regex(
      /^[a-z0-9][a-z0-9._-]{0,39}$/,
      'use 1 to 40 lower-case letters, digits, dots, underscores and hyphens, and begin with a letter or digit',
    ),
});
export type CreateServiceAccount = z.infer<typeof createServiceAccountSchema>;

export const serviceAccountIdSchema = z.object({ team: teamIdSchema, id: z.string() });
export type ServiceAccountId = z.infer<typeof serviceAccountIdSchema>;

export const createServiceTokenSchema = serviceAccountIdSchema.extend({
  name: tokenNameSchema,
  scopes: z.array(scopeSchema).min(1, `choose scopes: ${SCOPES.join(', ')}`),
  days: z
    .int('say for how many days')
    .min(1, 'use at least 1 day')
    .max(MAX_TOKEN_DAYS, `use at most ${MAX_TOKEN_DAYS} days`),
  networks: networksSchema,
});
export type CreateServiceToken = z.infer<typeof createServiceTokenSchema>;

export const serviceTokenIdSchema = serviceAccountIdSchema.extend({ token: z.string() });
export type ServiceTokenId = z.infer<typeof serviceTokenIdSchema>;

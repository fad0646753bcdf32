/** API tokens: what programs send to say whose they are. */
import { z } from 'zod';
import { RIGHT_NAMES, type Right } from '../rights.ts';
import { teamIdSchema } from './teams.ts';

/** A token manages neither accounts nor teams. */
const SCOPES = RIGHT_NAMES.filter(
  (right): right is Exclude<Right, 'account:own' | 'team:manage'> => right !== 'account:own' && right !== 'team:manage',
);
const scopeSchema = z.enum(SCOPES, `choose scopes: ${SCOPES.join(', ')}`);
export const MAX_TOKEN_DAYS = 365;
/** Absent for anywhere. */
export const networksSchema = z
  .array(z.string().max(64))
  .min(1, 'leave it out for anywhere')
  .max(20, 'name at most 20 networks')
  .optional();
export const tokenNameSchema = z.string().min(1, 'give it a name').max(64, 'use at most 64 characters');

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scopeSchema),
  /** The only team that it is good for; absent for all of its owner's. */
  team: z.string().optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Last use, to within a minute; absent before the first. */
  usedAt: z.iso.datetime().optional(),
  /** Address of that use. */
  usedFrom: z.string().optional(),
  /** The only networks that it is good from, as CIDRs; absent for anywhere. */
  networks: networksSchema,
});
export type Token = z.infer<typeof tokenSchema>;

export const createTokenSchema = z.object({
  /** For its owner to know it again. */
  name: tokenNameSchema,
  scopes: z.array(scopeSchema).min(1, `choose scopes: ${SCOPES.join(', ')}`),
  team: teamIdSchema.optional(),
  networks: networksSchema,
  days: z
    .int('say for how many days')
    .min(1, 'use at least 1 day')
    .max(MAX_TOKEN_DAYS, `use at most ${MAX_TOKEN_DAYS} days`),
});
export type CreateToken = z.infer<typeof createTokenSchema>;

/** `secret` is shown this once. */
export const newTokenSchema = tokenSchema.extend({ secret: z.string() });
export type NewToken = z.infer<typeof newTokenSchema>;

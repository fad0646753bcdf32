/** Teams: whose a store is, who belongs to it in which role, and how much it may have. */
import { z } from 'zod';

const TEAM_ROLES = ['viewer', 'operator', 'owner'] as const;
export const teamRoleSchema = z.enum(TEAM_ROLES, `choose a role: ${TEAM_ROLES.join(', ')}`);

/** Also the value of a label in the cluster. */
export const teamIdSchema = z
  .string({ error: 'send the id of a team, such as "shops"' })
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/,
    'use 1 to 40 lower-case letters, digits and hyphens, and begin and end with a letter or digit',
  );

export const teamLimitsSchema = z.object({
  /** Stores at most, those that are being deleted included; absent for any number. */
  stores: z.int().min(0).max(100_000).optional(),
});
export type TeamLimits = z.infer<typeof teamLimitsSchema>;

export const teamSchema = z.object({
  id: z.string(),
  limits: teamLimitsSchema,
  /** What it has of what is limited. */
  used: z.object({ stores: z.int() }),
  /** The caller's role; absent for administrators who are no members. */
  role: teamRoleSchema.optional(),
});
export type Team = z.infer<typeof teamSchema>;

export const putTeamSchema = z.object({ id: teamIdSchema, limits: teamLimitsSchema.default({}) });
export type PutTeam = z.infer<typeof putTeamSchema>;

export const memberSchema = z.object({ user: z.string(), name: z.string(), role: teamRoleSchema });
export type Member = z.infer<typeof memberSchema>;

export const setMemberSchema = z.object({
  team: teamIdSchema,
  /** Name of the user. */
  name: z.string().max(64),
  /** `null` takes the user out of the team. */
  role: teamRoleSchema.nullable(),
});
export type SetMember = z.infer<typeof setMemberSchema>;

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

const limit = z.int().min(0).max(1_000_000).optional();

/**
 * Each at most; absent for any number. Stores count whole while they are suspended, and until they are gone; a change that waits
 * counts as made where it makes the store larger.
 */
export const teamLimitsSchema = z.object({
  stores: limit,
  /** Sum over the stores: one for the first size of their chart, and twice as many for each further one (small 1, medium 2, large 4). */
  sizeUnits: limit,
  /** Sum over the volumes: what the store asks for, or what the volume has where that is more, because volumes never shrink. */
  storageGiB: limit,
  /** New stores within any hour, those that are gone again included. */
  createsPerHour: limit,
});
export type TeamLimits = z.infer<typeof teamLimitsSchema>;
/** What can be limited. */
export type Quota = keyof TeamLimits;
// They are the keys of exactly this object.
export const QUOTAS = Object.keys(teamLimitsSchema.shape) as Quota[];

export const teamSchema = z.object({
  id: z.string(),
  limits: teamLimitsSchema,
  /** What it has of what is limited. */
  used: z.object({
    stores: z.int(),
    sizeUnits: z.int(),
    /** To two decimals. */
    storageGiB: z.number(),
    createsPerHour: z.int(),
  }),
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

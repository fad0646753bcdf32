/** People with accounts. */
import { z } from 'zod';
import { DEFAULT_TEAM, type ROLES } from '../rights.ts';
import { MIN_PASSWORD } from './password-length.ts';
import { teamIdSchema, teamRoleSchema } from './teams.ts';

const ROLE_NAMES = ['viewer', 'operator', 'owner', 'admin'] as const satisfies (keyof typeof ROLES)[];
export const roleSchema = z.enum(ROLE_NAMES, `choose a role: ${ROLE_NAMES.join(', ')}`);

/** Names that the history uses for others than people. */
const TAKEN = new Set(['local', 'schedule', 'reconciler']);

export const userNameSchema = z
  .string({ error: 'send a name such as "ann"' })
  .regex(
    /^[a-z0-9][a-z0-9._@-]{0,63}$/,
    'use 1 to 64 lower-case letters, digits, dots, underscores, hyphens or @, and begin with a letter or digit',
  )
  .refine((name) => !TAKEN.has(name), 'choose another name: this one is used for others in histories');

const MAX_PASSWORD = 200;
export const passwordSchema = z
  .string({ error: 'send a password' })
  .min(MIN_PASSWORD, `use at least ${MIN_PASSWORD} characters`)
  .max(MAX_PASSWORD, `use at most ${MAX_PASSWORD} characters`);

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** May do everything, in every team. */
  admin: z.literal(true).optional(),
  /** Roles by id of the team. */
  teams: z.record(z.string(), teamRoleSchema),
  /** May not come in for now. */
  disabled: z.literal(true).optional(),
  /** Signs in at an identity provider. */
  external: z.literal(true).optional(),
  /** Has not chosen a password yet. */
  invited: z.literal(true).optional(),
  createdAt: z.iso.datetime(),
});
export type User = z.infer<typeof userSchema>;

export const createUserSchema = z.object(
  {
    name: userNameSchema,
    /** In the team, unless it is `admin`. */
    role: roleSchema,
    team: teamIdSchema.default(DEFAULT_TEAM),
  },
  { error: 'send a JSON object such as {"name": "ann", "role": "operator"}' },
);
export type CreateUser = z.infer<typeof createUserSchema>;

export const changeUserSchema = z
  .object({ id: z.string(), admin: z.boolean().optional(), disabled: z.boolean().optional() })
  .refine(({ admin, disabled }) => admin !== undefined || disabled !== undefined, 'send `admin`, `disabled` or both');
export type ChangeUser = z.infer<typeof changeUserSchema>;

export const userIdSchema = z.object({ id: z.string() });

/** Whoever sends the code first, with a password, becomes this user: show it to nobody else. */
export const invitationSchema = z.object({ user: userSchema, code: z.string(), expiresAt: z.iso.datetime() });
export type Invitation = z.infer<typeof invitationSchema>;

export const meSchema = z.object({
  /** The name in the history. */
  name: z.string(),
  /** In every team. */
  roles: z.array(roleSchema),
  /** By id of the team. */
  teams: z.record(z.string(), teamRoleSchema),
  /** How the caller came in: `open` where nobody is asked. */
  by: z.enum(['open', 'session', 'token', 'proxy']),
  /** Has a password and sessions here. */
  account: z.boolean(),
  /** Until when this session may read logins without its password; in the past if it has to be confirmed. Of accounts alone. */
  freshUntil: z.iso.datetime().optional(),
});
export type Me = z.infer<typeof meSchema>;

export const sessionSchema = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  /** Last use, to within a minute. */
  seenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  address: z.string(),
  /** What its browser called itself. */
  client: z.string(),
});
export type Session = z.infer<typeof sessionSchema>;

export const confirmPasswordSchema = z.object({ password: z.string().max(MAX_PASSWORD) });
export type ConfirmPassword = z.infer<typeof confirmPasswordSchema>;

export const changePasswordSchema = z.object({ current: z.string().max(MAX_PASSWORD), next: passwordSchema });
export type ChangePassword = z.infer<typeof changePasswordSchema>;

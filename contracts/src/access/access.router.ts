/** Procedures of who gets in. */
import { z } from 'zod';
import { restMeta } from '../rest.ts';
import { procedure, router } from '../trpc.ts';
import { auditEntrySchema, listAuditSchema } from './audit.ts';
import {
  createServiceAccountSchema,
  createServiceTokenSchema,
  serviceAccountIdSchema,
  serviceAccountSchema,
  serviceTokenIdSchema,
  teamInputSchema,
} from './service-accounts.ts';
import { codeSchema } from './sign-in.ts';
import { memberSchema, putTeamSchema, setMemberSchema, teamIdSchema, teamSchema } from './teams.ts';
import { createTokenSchema, newTokenSchema, tokenSchema } from './tokens.ts';
import {
  changePasswordSchema,
  changeUserSchema,
  confirmPasswordSchema,
  createUserSchema,
  invitationSchema,
  meSchema,
  sessionSchema,
  userIdSchema,
  userSchema,
} from './users.ts';

const nothing = z.object({}).optional();

export const accessRouter = router({
  me: procedure
    .meta(restMeta('access.me'))
    .input(nothing)
    .output(meSchema)
    .query(({ ctx }) => ctx.services.access.me(ctx.caller)),

  sessions: procedure
    .meta(restMeta('access.sessions'))
    .input(nothing)
    .output(z.object({ sessions: z.array(sessionSchema) }))
    .query(async ({ ctx }) => ({ sessions: await ctx.services.access.sessions(ctx.caller) })),

  endSession: procedure
    .meta(restMeta('access.endSession'))
    .input(z.object({ id: z.string() }))
    .output(z.object({}))
    .mutation(({ ctx, input }) => ctx.services.access.endSession(input.id, ctx.caller)),

  changePassword: procedure
    .meta(restMeta('access.changePassword'))
    .input(changePasswordSchema)
    .output(z.object({}))
    .mutation(({ ctx, input }) => ctx.services.access.changePassword(input, ctx.caller)),

  confirmPassword: procedure
    .meta(restMeta('access.confirmPassword'))
    .input(confirmPasswordSchema)
    .output(z.object({}))
    .mutation(({ ctx, input }) => ctx.services.access.confirmPassword(input, ctx.caller)),

  createSignInCode: procedure
    .meta(restMeta('access.createSignInCode'))
    .input(nothing)
    .output(codeSchema)
    .mutation(({ ctx }) => ctx.services.access.createSignInCode(ctx.caller)),

  createSetUpCode: procedure
    .meta(restMeta('access.createSetUpCode'))
    .input(nothing)
    .output(codeSchema)
    .mutation(({ ctx }) => ctx.services.access.createSetUpCode(ctx.caller)),

  users: procedure
    .meta(restMeta('access.users'))
    .input(nothing)
    .output(z.object({ users: z.array(userSchema) }))
    .query(async ({ ctx }) => ({ users: await ctx.services.access.users() })),

  createUser: procedure
    .meta(restMeta('access.createUser'))
    .input(createUserSchema)
    .output(invitationSchema)
    .mutation(({ ctx, input }) => ctx.services.access.createUser(input, ctx.caller)),

  changeUser: procedure
    .meta(restMeta('access.changeUser'))
    .input(changeUserSchema)
    .output(userSchema)
    .mutation(({ ctx, input }) => ctx.services.access.changeUser(input, ctx.caller)),

  inviteUser: procedure
    .meta(restMeta('access.inviteUser'))
    .input(userIdSchema)
    .output(invitationSchema)
    .mutation(({ ctx, input }) => ctx.services.access.inviteUser(input.id, ctx.caller)),

  tokens: procedure
    .meta(restMeta('access.tokens'))
    .input(nothing)
    .output(z.object({ tokens: z.array(tokenSchema) }))
    .query(async ({ ctx }) => ({ tokens: await ctx.services.access.tokens(ctx.caller) })),

  createToken: procedure
    .meta(restMeta('access.createToken'))
    .input(createTokenSchema)
    .output(newTokenSchema)
    .mutation(({ ctx, input }) => ctx.services.access.createToken(input, ctx.caller)),

  revokeToken: procedure
    .meta(restMeta('access.revokeToken'))
    .input(z.object({ id: z.string() }))
    .output(z.object({}))
    .mutation(({ ctx, input }) => ctx.services.access.revokeToken(input.id, ctx.caller)),

  teams: procedure
    .meta(restMeta('access.teams'))
    .input(nothing)
    .output(z.object({ teams: z.array(teamSchema) }))
    .query(async ({ ctx }) => ({ teams: await ctx.services.access.teams(ctx.caller) })),

  createTeam: procedure
    .meta(restMeta('access.createTeam'))
    .input(putTeamSchema)
    .output(teamSchema)
    .mutation(({ ctx, input }) => ctx.services.access.createTeam(input, ctx.caller)),

  changeTeam: procedure
    .meta(restMeta('access.changeTeam'))
    .input(putTeamSchema)
    .output(teamSchema)
    .mutation(({ ctx, input }) => ctx.services.access.changeTeam(input, ctx.caller)),

  members: procedure
    .meta(restMeta('access.members'))
    .input(z.object({ team: teamIdSchema }))
    .output(z.object({ members: z.array(memberSchema) }))
    .query(async ({ ctx, input }) => ({ members: await ctx.services.access.members(input.team, ctx.caller) })),

  setMember: procedure
    .meta(restMeta('access.setMember'))
    .input(setMemberSchema)
    .output(z.object({ members: z.array(memberSchema) }))
    .mutation(async ({ ctx, input }) => ({ members: await ctx.services.access.setMember(input, ctx.caller) })),

  serviceAccounts: procedure
    .meta(restMeta('access.serviceAccounts'))
    .input(teamInputSchema)
    .output(z.object({ accounts: z.array(serviceAccountSchema) }))
    .query(async ({ ctx, input }) => ({ accounts: await ctx.services.access.serviceAccounts(input.team, ctx.caller) })),

  createServiceAccount: procedure
    .meta(restMeta('access.createServiceAccount'))
    .input(createServiceAccountSchema)
    .output(serviceAccountSchema)
    .mutation(({ ctx, input }) => ctx.services.access.createServiceAccount(input, ctx.caller)),

  removeServiceAccount: procedure
    .meta(restMeta('access.removeServiceAccount'))
    .input(serviceAccountIdSchema)
    .output(z.object({}))
    .mutation(({ ctx, input }) => ctx.services.access.removeServiceAccount(input, ctx.caller)),

  createServiceToken: procedure
    .meta(restMeta('access.createServiceToken'))
    .input(createServiceTokenSchema)
    .output(newTokenSchema)
    .mutation(({ ctx, input }) => ctx.services.access.createServiceToken(input, ctx.caller)),

  revokeServiceToken: procedure
    .meta(restMeta('access.revokeServiceToken'))
    .input(serviceTokenIdSchema)
    .output(z.object({}))
    .mutation(({ ctx, input }) => ctx.services.access.revokeServiceToken(input, ctx.caller)),

  audit: procedure
    .meta(restMeta('access.audit'))
    .input(listAuditSchema)
    .output(z.object({ entries: z.array(auditEntrySchema) }))
    .query(async ({ ctx, input }) => ({ entries: await ctx.services.access.audit(input) })),
});

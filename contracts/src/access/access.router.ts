/** Procedures of who gets in. */
import { z } from 'zod';
import { restMeta } from '../rest.ts';
import { procedure, router } from '../trpc.ts';
import { auditEntrySchema, listAuditSchema } from './audit.ts';
import { codeSchema } from './sign-in.ts';
import {
  changePasswordSchema,
  changeUserSchema,
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

  audit: procedure
    .meta(restMeta('access.audit'))
    .input(listAuditSchema)
    .output(z.object({ entries: z.array(auditEntrySchema) }))
    .query(async ({ ctx, input }) => ({ entries: await ctx.services.access.audit(input) })),
});

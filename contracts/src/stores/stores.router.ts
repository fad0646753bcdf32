/** Procedures of stores: create, read, update, remove, watch. */
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { kubeEventSchema, logsInputSchema, mailSchema, releaseContentSchema } from './store-detail.ts';
import { askLoginLinkSchema, loginLinkSchema } from './login-link.ts';
import {
  askCredentialsSchema,
  createStoreSchema,
  credentialsSchema,
  forceRemoveSchema,
  restartStoreSchema,
  storeIdSchema,
  suspendStoreSchema,
  storeSchema,
  historyEntrySchema,
  updateStoreSchema,
} from './store.ts';
import {
  compareRevisionsSchema,
  listRevisionsSchema,
  revisionComparisonSchema,
  revisionPageSchema,
  rollbackSchema,
} from './revisions.ts';
import { applyPlanSchema, planStoreSchema, storePlanSchema } from './store-plan.ts';
import { storeSettingsSchema } from './store-settings.ts';
import { listStoresSchema, storePageSchema } from './store-page.ts';
import { setExpirySchema, setScheduleSchema } from './store-schedule.ts';
import { setWindowSchema } from './change-window.ts';
import { applyNowSchema } from './operation.ts';
import { restMeta } from '../rest.ts';
import { procedure, resume, router, watchOptions } from '../trpc.ts';

export const storesRouter = router({
  create: procedure
    .meta(restMeta('stores.create'))
    .input(createStoreSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.create(input, ctx.caller)),

  list: procedure
    .meta(restMeta('stores.list'))
    .input(listStoresSchema.optional())
    .output(storePageSchema)
    .query(({ ctx, input }) => ctx.services.stores.list(input ?? {}, ctx.caller)),

  get: procedure
    .meta(restMeta('stores.get'))
    .input(storeIdSchema)
    .output(storeSchema)
    .query(({ ctx, input }) => ctx.services.stores.get(input.id)),

  values: procedure
    .meta(restMeta('stores.values'))
    .input(storeIdSchema)
    .output(storeSettingsSchema)
    .query(({ ctx, input }) => ctx.services.stores.values(input.id)),

  /** A query, because it changes no store and no history; the plan itself is kept. */
  plan: procedure
    .meta(restMeta('stores.plan'))
    .input(planStoreSchema)
    .output(storePlanSchema)
    .query(({ ctx, input }) => ctx.services.stores.plan(input, ctx.caller)),

  applyPlan: procedure
    .meta(restMeta('stores.applyPlan'))
    .input(applyPlanSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.applyPlan(input, ctx.caller)),

  update: procedure
    .meta(restMeta('stores.update'))
    .input(updateStoreSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.update(input, ctx.caller)),

  revisions: procedure
    .meta(restMeta('stores.revisions'))
    .input(listRevisionsSchema)
    .output(revisionPageSchema)
    .query(({ ctx, input }) => ctx.services.stores.revisions(input)),

  compareRevisions: procedure
    .meta(restMeta('stores.compareRevisions'))
    .input(compareRevisionsSchema)
    .output(revisionComparisonSchema)
    .query(({ ctx, input }) => ctx.services.stores.compareRevisions(input)),

  rollback: procedure
    .meta(restMeta('stores.rollback'))
    .input(rollbackSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.rollback(input, ctx.caller)),

  remove: procedure
    .meta(restMeta('stores.remove'))
    .input(storeIdSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.remove(input.id, ctx.caller)),

  forceRemove: procedure
    .meta(restMeta('stores.forceRemove'))
    .input(forceRemoveSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.forceRemove(input, ctx.caller)),

  retry: procedure
    .meta(restMeta('stores.retry'))
    .input(storeIdSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.retry(input.id, ctx.caller)),

  restart: procedure
    .meta(restMeta('stores.restart'))
    .input(restartStoreSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.restart(input, ctx.caller)),

  suspend: procedure
    .meta(restMeta('stores.suspend'))
    .input(suspendStoreSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.suspend(input, ctx.caller)),

  resume: procedure
    .meta(restMeta('stores.resume'))
    .input(storeIdSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.resume(input.id, ctx.caller)),

  setSchedule: procedure
    .meta(restMeta('stores.setSchedule'))
    .input(setScheduleSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.setSchedule(input, ctx.caller)),

  setExpiry: procedure
    .meta(restMeta('stores.setExpiry'))
    .input(setExpirySchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.setExpiry(input, ctx.caller)),

  setWindow: procedure
    .meta(restMeta('stores.setWindow'))
    .input(setWindowSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.setWindow(input, ctx.caller)),

  cancel: procedure
    .meta(restMeta('stores.cancel'))
    .input(storeIdSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.cancel(input.id, ctx.caller)),

  applyNow: procedure
    .meta(restMeta('stores.applyNow'))
    .input(applyNowSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.applyNow(input, ctx.caller)),

  credentials: procedure
    .meta(restMeta('stores.credentials'))
    .input(askCredentialsSchema)
    .output(credentialsSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.credentials(input, ctx.caller)),

  loginLink: procedure
    .meta(restMeta('stores.loginLink'))
    .input(askLoginLinkSchema)
    .output(loginLinkSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.loginLink(input, ctx.caller)),

  /** The history. Clients know this procedure, its REST path and its key as `timeline`, so those keep that name. */
  timeline: procedure
    .meta(restMeta('stores.timeline'))
    .input(storeIdSchema)
    .output(z.object({ timeline: z.array(historyEntrySchema) }))
    .query(async ({ ctx, input }) => ({ timeline: await ctx.services.stores.history(input.id) })),

  events: procedure
    .meta(restMeta('stores.events'))
    .input(storeIdSchema)
    .output(z.object({ events: z.array(kubeEventSchema) }))
    .query(async ({ ctx, input }) => ({ events: await ctx.services.stores.events(input.id) })),

  mails: procedure
    .meta(restMeta('stores.mails'))
    .input(storeIdSchema)
    .output(z.object({ mails: z.array(mailSchema) }))
    .query(async ({ ctx, input }) => ({ mails: await ctx.services.stores.mails(input.id) })),

  release: procedure
    .meta(restMeta('stores.release'))
    .input(storeIdSchema)
    .output(releaseContentSchema)
    .query(({ ctx, input }) => ctx.services.stores.release(input.id)),

  logs: procedure.input(logsInputSchema.extend(resume.shape)).subscription(async function* ({ ctx, input, signal }) {
    const options = watchOptions(ctx.writable, input.lastEventId, signal);
    for await (const { id, data } of ctx.services.stores.logs(input, options)) yield tracked(id, data);
  }),

  watch: procedure.input(resume.optional()).subscription(async function* ({ ctx, input, signal }) {
    const options = watchOptions(ctx.writable, input?.lastEventId, signal);
    for await (const { id, data } of ctx.services.stores.watch(options, ctx.caller)) yield tracked(id, data);
  }),

  watchOne: procedure.input(storeIdSchema.extend(resume.shape)).subscription(async function* ({ ctx, input, signal }) {
    const options = watchOptions(ctx.writable, input.lastEventId, signal);
    for await (const { id, data } of ctx.services.stores.watchOne(input.id, options)) yield tracked(id, data);
  }),

  watchEvents: procedure.input(storeIdSchema.extend(resume.shape)).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    const options = watchOptions(ctx.writable, input.lastEventId, signal);
    for await (const { id, data } of ctx.services.stores.watchEvents(input.id, options)) yield tracked(id, data);
  }),

  watchMails: procedure.input(storeIdSchema.extend(resume.shape)).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    const options = watchOptions(ctx.writable, input.lastEventId, signal);
    for await (const { id, data } of ctx.services.stores.watchMails(input.id, options)) yield tracked(id, data);
  }),

  watchRelease: procedure.input(storeIdSchema.extend(resume.shape)).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    const options = watchOptions(ctx.writable, input.lastEventId, signal);
    for await (const { id, data } of ctx.services.stores.watchRelease(input.id, options)) yield tracked(id, data);
  }),
});

/** Procedures of stores: create, read, update, remove, watch. */
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { kubeEventSchema, logsInputSchema, mailSchema, releaseContentSchema } from './store-detail.ts';
import {
  createStoreSchema,
  credentialsSchema,
  forceRemoveSchema,
  storeIdSchema,
  storeSchema,
  timelineEntrySchema,
  updateStoreSchema,
} from './store.ts';
import { listStoresSchema, storePageSchema } from './store-page.ts';
import { procedure, resume, router, watchOptions } from '../trpc.ts';

export const storesRouter = router({
  create: procedure
    .meta({ openapi: { method: 'POST', path: '/stores', summary: 'Create a store', successDescription: 'Accepted' } })
    .input(createStoreSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.create(input, ctx.caller)),

  list: procedure
    .meta({ openapi: { method: 'GET', path: '/stores', summary: 'List all stores' } })
    .input(listStoresSchema.optional())
    .output(storePageSchema)
    .query(({ ctx, input }) => ctx.services.stores.list(input ?? {})),

  get: procedure
    .meta({ openapi: { method: 'GET', path: '/stores/{id}', summary: 'Get one store' } })
    .input(storeIdSchema)
    .output(storeSchema)
    .query(({ ctx, input }) => ctx.services.stores.get(input.id)),

  update: procedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/stores/{id}',
        summary: "Replace a store's values",
        successDescription: 'Accepted',
      },
    })
    .input(updateStoreSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.update(input, ctx.caller)),

  remove: procedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/stores/{id}',
        summary: 'Remove a store and all its data',
        successDescription: 'Accepted',
      },
    })
    .input(storeIdSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.remove(input.id, ctx.caller)),

  forceRemove: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{id}/force-remove',
        summary: 'Remove the finalizers of a store whose namespace is stuck in deletion',
        successDescription: 'Accepted',
      },
    })
    .input(forceRemoveSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.forceRemove(input, ctx.caller)),

  retry: procedure
    .meta({
      openapi: { method: 'POST', path: '/stores/{id}/retry', summary: 'Retry now', successDescription: 'Accepted' },
    })
    .input(storeIdSchema)
    .output(storeSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.retry(input.id, ctx.caller)),

  credentials: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{id}/credentials',
        summary: "Reveal the administrator's login; recorded in the timeline",
      },
    })
    .input(storeIdSchema)
    .output(credentialsSchema)
    .mutation(({ ctx, input }) => ctx.services.stores.credentials(input.id, ctx.caller)),

  timeline: procedure
    .meta({ openapi: { method: 'GET', path: '/stores/{id}/timeline', summary: 'The history of a store' } })
    .input(storeIdSchema)
    .output(z.object({ timeline: z.array(timelineEntrySchema) }))
    .query(async ({ ctx, input }) => ({ timeline: await ctx.services.stores.timeline(input.id) })),

  events: procedure
    .meta({ openapi: { method: 'GET', path: '/stores/{id}/events', summary: 'Kubernetes events of a store' } })
    .input(storeIdSchema)
    .output(z.object({ events: z.array(kubeEventSchema) }))
    .query(async ({ ctx, input }) => ({ events: await ctx.services.stores.events(input.id) })),

  mails: procedure
    .meta({
      openapi: { method: 'GET', path: '/stores/{id}/mails', summary: 'Mail that an embedded store captured' },
    })
    .input(storeIdSchema)
    .output(z.object({ mails: z.array(mailSchema) }))
    .query(async ({ ctx, input }) => ({ mails: await ctx.services.stores.mails(input.id) })),

  release: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/stores/{id}/release',
        summary: 'Values and manifest of a store, without secrets',
      },
    })
    .input(storeIdSchema)
    .output(releaseContentSchema)
    .query(({ ctx, input }) => ctx.services.stores.release(input.id)),

  logs: procedure.input(logsInputSchema.extend(resume.shape)).subscription(async function* ({ ctx, input, signal }) {
    const options = watchOptions(ctx.writable, input.lastEventId, signal);
    for await (const { id, data } of ctx.services.stores.logs(input, options)) yield tracked(id, data);
  }),

  watch: procedure.input(resume.optional()).subscription(async function* ({ ctx, input, signal }) {
    const options = watchOptions(ctx.writable, input?.lastEventId, signal);
    for await (const { id, data } of ctx.services.stores.watch(options)) yield tracked(id, data);
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

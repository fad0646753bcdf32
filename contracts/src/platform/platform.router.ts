/** Procedures of the server itself. */
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { adoptableInputSchema, adoptableSchema, adoptionSchema, adoptSchema } from './adoption.ts';
import { DEFAULT_ENGINE } from '../stores/store.ts';
import { chartInputSchema, chartSchema, overviewInputSchema, overviewSchema } from './overview.ts';
import { platformSchema } from './platform.ts';
import { restMeta } from '../rest.ts';
import { procedure, resume, router, watchOptions } from '../trpc.ts';

export const platformRouter = router({
  get: procedure
    .meta(restMeta('platform.get'))
    .input(z.object({}).optional())
    .output(platformSchema)
    .query(({ ctx }) => ctx.services.platform.get()),

  overview: procedure
    .meta(restMeta('platform.overview'))
    .input(overviewInputSchema)
    .output(overviewSchema)
    .query(({ ctx, input }) => ctx.services.platform.overview(input, ctx.caller)),

  watchOverview: procedure.input(overviewInputSchema.extend(resume.shape)).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    const options = watchOptions(ctx.writable, input.lastEventId, signal);
    for await (const { id, data } of ctx.services.platform.watchOverview(input, options, ctx.caller))
      yield tracked(id, data);
  }),

  chart: procedure
    .meta(restMeta('platform.chart'))
    .input(chartInputSchema.optional())
    .output(chartSchema)
    .query(({ ctx, input }) => ctx.services.platform.chart(input ?? { engine: DEFAULT_ENGINE })),

  adoptable: procedure
    .meta(restMeta('platform.adoptable'))
    .input(adoptableInputSchema.optional())
    .output(adoptableSchema)
    .query(({ ctx, input }) => ctx.services.platform.adoptable(input ?? {})),

  adopt: procedure
    .meta(restMeta('platform.adopt'))
    .input(adoptSchema)
    .output(adoptionSchema)
    .mutation(({ ctx, input }) => ctx.services.platform.adopt(input, ctx.caller)),
});

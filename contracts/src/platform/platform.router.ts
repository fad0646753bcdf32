/** Procedures of the server itself. */
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { adoptableInputSchema, adoptableSchema, adoptionSchema, adoptSchema } from './adoption.ts';
import { chartSchema, overviewInputSchema, overviewSchema } from './overview.ts';
import { platformSchema } from './platform.ts';
import { procedure, resume, router, watchOptions } from '../trpc.ts';

export const platformRouter = router({
  get: procedure
    .meta({ openapi: { method: 'GET', path: '/platform', summary: 'The server and its cluster' } })
    .input(z.object({}).optional())
    .output(platformSchema)
    .query(({ ctx }) => ctx.services.platform.get()),

  overview: procedure
    .meta({
      openapi: { method: 'GET', path: '/platform/overview', summary: 'The state of all stores over the last hours' },
    })
    .input(overviewInputSchema)
    .output(overviewSchema)
    .query(({ ctx, input }) => ctx.services.platform.overview(input)),

  watchOverview: procedure.input(overviewInputSchema.extend(resume.shape)).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    const options = watchOptions(ctx.writable, input.lastEventId, signal);
    for await (const { id, data } of ctx.services.platform.watchOverview(input, options)) yield tracked(id, data);
  }),

  chart: procedure
    .meta({ openapi: { method: 'GET', path: '/platform/chart', summary: 'Options of the store chart' } })
    .input(z.object({}).optional())
    .output(chartSchema)
    .query(({ ctx }) => ctx.services.platform.chart()),

  adoptable: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/platform/adoptable',
        summary: 'Stores of other installations on this cluster, and what managing them here would change',
      },
    })
    .input(adoptableInputSchema.optional())
    .output(adoptableSchema)
    .query(({ ctx, input }) => ctx.services.platform.adoptable(input ?? {})),

  adopt: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/platform/adopt',
        summary: "Adopt another installation's stores, without changing them",
      },
    })
    .input(adoptSchema)
    .output(adoptionSchema)
    .mutation(({ ctx, input }) => ctx.services.platform.adopt(input, ctx.caller)),
});

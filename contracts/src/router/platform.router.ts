/** The server itself. */
import { z } from 'zod';
import { chartSchema, overviewInputSchema, overviewSchema } from '../overview.ts';
import { platformSchema } from '../platform.ts';
import { procedure, router } from './trpc.ts';

export const platformRouter = router({
  get: procedure
    .meta({ openapi: { method: 'GET', path: '/platform', summary: 'The server and its cluster' } })
    .input(z.object({}).optional())
    .output(platformSchema)
    .query(({ ctx }) => ctx.services.platform.get()),

  overview: procedure
    .meta({ openapi: { method: 'GET', path: '/platform/overview', summary: 'How stores were over the last hours' } })
    .input(overviewInputSchema)
    .output(overviewSchema)
    .query(({ ctx, input }) => ctx.services.platform.overview(input)),

  chart: procedure
    .meta({ openapi: { method: 'GET', path: '/platform/chart', summary: 'What a store can be made of' } })
    .input(z.object({}).optional())
    .output(chartSchema)
    .query(({ ctx }) => ctx.services.platform.chart()),
});

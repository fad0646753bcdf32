/** The server itself. */
import { z } from 'zod';
import { platformSchema } from '../platform.ts';
import { procedure, router } from './trpc.ts';

export const platformRouter = router({
  get: procedure
    .meta({ openapi: { method: 'GET', path: '/platform', summary: 'The server and its cluster' } })
    .input(z.object({}).optional())
    .output(platformSchema)
    .query(({ ctx }) => ctx.services.platform.get()),
});

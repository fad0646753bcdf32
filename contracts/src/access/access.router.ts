/** Procedures of who gets in. */
import { z } from 'zod';
import { restMeta } from '../rest.ts';
import { procedure, router } from '../trpc.ts';
import { signInCodeSchema } from './sign-in.ts';

export const accessRouter = router({
  createSignInCode: procedure
    .meta(restMeta('access.createSignInCode'))
    .input(z.object({}).optional())
    .output(signInCodeSchema)
    .mutation(({ ctx }) => ctx.services.access.createSignInCode(ctx.caller)),
});

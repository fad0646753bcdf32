/** The whole API. Clients use only its type. */
import { platformRouter } from './platform/platform.router.ts';
import { storesRouter } from './stores/stores.router.ts';
import { router } from './trpc.ts';

export { bodyOf, type Context } from './trpc.ts';

export const appRouter = router({ stores: storesRouter, platform: platformRouter });

export type AppRouter = typeof appRouter;

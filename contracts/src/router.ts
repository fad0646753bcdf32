/** The whole API. Clients use only its type. */
import type { inferRouterInputs, TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import { accessRouter } from './access/access.router.ts';
import { CAPABILITIES, type ProcedureName } from './capabilities.ts';
import { platformRouter } from './platform/platform.router.ts';
import { REST } from './rest.ts';
import type { RestRoute } from './rest-route.ts';
import { storesRouter } from './stores/stores.router.ts';
import { router } from './trpc.ts';

export type { RestRoute } from './rest-route.ts';
export { bodyOf, type Context } from './trpc.ts';

export const appRouter = router({ stores: storesRouter, platform: platformRouter, access: accessRouter });

export type AppRouter = typeof appRouter;

type Inputs = inferRouterInputs<AppRouter>;
/** Such as `stores.create`. */
type ProcedurePath = { [R in keyof Inputs]: `${R}.${keyof Inputs[R] & string}` }[keyof Inputs];

type TypeOf<P> =
  P extends TRPCQueryProcedure<infer _> ? 'query' : P extends TRPCMutationProcedure<infer _> ? 'mutation' : never;
type TypeAt<P extends string> = P extends `${infer R extends keyof AppRouter}.${infer N}`
  ? N extends keyof AppRouter[R]
    ? TypeOf<AppRouter[R][N]>
    : never
  : never;

type Mutation = { [P in ProcedurePath]: 'mutation' extends TypeAt<P> ? P : never }[ProcedurePath];

/** A procedure without a row, or a row without a procedure, does not compile; nor does a mutation that is not audited. */
void (CAPABILITIES satisfies Record<ProcedurePath, object> &
  Record<Exclude<ProcedureName, ProcedurePath>, never> &
  Record<Mutation, { audit: string }>);

/** A row whose name or type is not that of a procedure does not compile. */
export const REST_ROUTES = REST satisfies Partial<Record<ProcedurePath, RestRoute>> & {
  [P in keyof typeof REST]: { type: TypeAt<P> };
};

/** Which procedures are offered over REST, read from the router's own metadata. */
import type { AppRouter } from '@shopyard/contracts';
import type { HTTPMethods } from 'fastify';

export interface RestRoute {
  method: HTTPMethods;
  /** With `{id}` for parameters. */
  path: string;
  /** Dotted name in the router. */
  procedure: string;
  /** The work is only begun: 202. */
  accepted: boolean;
}

interface ProcedureDefinition {
  _def: { meta?: { openapi?: { method: string; path: string; successDescription?: string } } };
}

export function restRoutes(router: AppRouter): RestRoute[] {
  const procedures = router._def.procedures as unknown as Record<string, ProcedureDefinition>;
  return Object.entries(procedures).flatMap(([procedure, { _def }]) => {
    const { openapi } = _def.meta ?? {};
    if (!openapi) return [];
    return [
      { method: openapi.method, path: openapi.path, procedure, accepted: openapi.successDescription === 'Accepted' },
    ];
  });
}

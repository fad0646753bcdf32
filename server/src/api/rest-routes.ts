/** Lists the procedures served over REST, from the router's own metadata. */
import type { AppRouter } from '@shopyard/contracts';
import type { HTTPMethods } from 'fastify';

export interface RestRoute {
  method: HTTPMethods;
  /** Parameters are written as `{id}`. */
  path: string;
  /** Dotted path in the router. */
  procedure: string;
  /** Answers 202, because the work has only started. */
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

/** The REST interface: one row per procedure with a path. The router takes its metadata from it, the server its routes. */
import type { OpenApiMeta } from 'trpc-to-openapi';

export interface RestRoute {
  type: 'query' | 'mutation';
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Parameters are written as `{id}`. */
  path: `/${string}`;
  /** 202: accepted, the work has only started. */
  status: 200 | 202;
  summary: string;
}

/** Keyed by the procedure's path in the router, which router.ts checks. */
export const REST = {
  'stores.create': { type: 'mutation', method: 'POST', path: '/stores', status: 202, summary: 'Create a store' },
  'stores.list': { type: 'query', method: 'GET', path: '/stores', status: 200, summary: 'List all stores' },
  'stores.get': { type: 'query', method: 'GET', path: '/stores/{id}', status: 200, summary: 'Get one store' },
  'stores.values': {
    type: 'query',
    method: 'GET',
    path: '/stores/{id}/values',
    status: 200,
    summary: "A store's own values and the effective ones, without secrets",
  },
  'stores.plan': {
    type: 'query',
    method: 'POST',
    path: '/plans',
    status: 200,
    summary: 'Preview what these values would change, or what a new store would be; changes nothing',
  },
  'stores.applyPlan': {
    type: 'mutation',
    method: 'POST',
    path: '/plans/{planId}/apply',
    status: 202,
    summary: 'Apply a plan, unless the store has changed since',
  },
  'stores.update': {
    type: 'mutation',
    method: 'PATCH',
    path: '/stores/{id}',
    status: 202,
    summary: "Replace a store's values, labels or both",
  },
  'stores.revisions': {
    type: 'query',
    method: 'GET',
    path: '/stores/{id}/revisions',
    status: 200,
    summary: 'Who gave a store which values, why, and whether it worked; newest first',
  },
  'stores.compareRevisions': {
    type: 'query',
    method: 'GET',
    path: '/stores/{id}/revisions/compare',
    status: 200,
    summary: 'What differs between two generations of a store',
  },
  'stores.rollback': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/rollback',
    status: 202,
    summary: 'Go back to the values of an earlier generation, in a new one',
  },
  'stores.remove': {
    type: 'mutation',
    method: 'DELETE',
    path: '/stores/{id}',
    status: 202,
    summary: 'Delete a store and all its data',
  },
  'stores.forceRemove': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/force-remove',
    status: 202,
    summary: 'Remove the finalizers of a store whose namespace is stuck in deletion',
  },
  'stores.retry': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/retry',
    status: 202,
    summary: 'Retry a store now',
  },
  'stores.restart': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/restart',
    status: 202,
    summary: 'Replace the pods of the shop, or of another component',
  },
  'stores.suspend': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/suspend',
    status: 202,
    summary: 'End all pods of a store; its volumes and its address stay',
  },
  'stores.resume': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/resume',
    status: 202,
    summary: 'Start a suspended store again',
  },
  'stores.setSchedule': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/schedule',
    status: 202,
    summary: 'Suspend and resume a store at these times; null for never',
  },
  'stores.setExpiry': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/expiry',
    status: 202,
    summary: 'Suspend or delete a store at this time; null for never',
  },
  'stores.setWindow': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/window',
    status: 202,
    summary: "Change a store only at these times while it works; null for the platform's",
  },
  'stores.cancel': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/cancel',
    status: 202,
    summary: 'Take back a change that waits',
  },
  'stores.applyNow': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/apply-now',
    status: 202,
    summary: 'Apply a change that waits for its window at once',
  },
  'stores.credentials': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/credentials',
    status: 200,
    summary: "Reveal the administrator's login; recorded in the history",
  },
  'stores.loginLink': {
    type: 'mutation',
    method: 'POST',
    path: '/stores/{id}/login-link',
    status: 200,
    summary: 'Create a link that signs the administrator in once, within a minute; recorded in the history',
  },
  'stores.timeline': {
    type: 'query',
    method: 'GET',
    path: '/stores/{id}/timeline',
    status: 200,
    summary: 'The history of a store',
  },
  'stores.events': {
    type: 'query',
    method: 'GET',
    path: '/stores/{id}/events',
    status: 200,
    summary: 'Kubernetes events of a store',
  },
  'stores.mails': {
    type: 'query',
    method: 'GET',
    path: '/stores/{id}/mails',
    status: 200,
    summary: 'Mail that an embedded store captured',
  },
  'stores.release': {
    type: 'query',
    method: 'GET',
    path: '/stores/{id}/release',
    status: 200,
    summary: 'Values and manifest of a store, without secrets',
  },
  'platform.get': {
    type: 'query',
    method: 'GET',
    path: '/platform',
    status: 200,
    summary: 'The server and its cluster',
  },
  'platform.overview': {
    type: 'query',
    method: 'GET',
    path: '/platform/overview',
    status: 200,
    summary: 'Phases, failures, room and activity of all stores over the last hours',
  },
  'platform.chart': {
    type: 'query',
    method: 'GET',
    path: '/platform/chart',
    status: 200,
    summary: 'Options of the store chart',
  },
  'platform.adoptable': {
    type: 'query',
    method: 'GET',
    path: '/platform/adoptable',
    status: 200,
    summary: 'Stores of other installations on this cluster, and what managing them here would change',
  },
  'platform.adopt': {
    type: 'mutation',
    method: 'POST',
    path: '/platform/adopt',
    status: 200,
    summary: "Adopt another installation's stores, without changing them",
  },
} as const satisfies Record<string, RestRoute>;

/** Metadata of the procedure, for the generator of the OpenAPI document. */
export function restMeta(procedure: keyof typeof REST): OpenApiMeta {
  const { method, path, status, summary } = REST[procedure];
  return { openapi: { method, path, summary, ...(status === 202 ? { successDescription: 'Accepted' } : {}) } };
}

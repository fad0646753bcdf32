/** GET: one object, or a list with selectors and paging. */
import { ApiError, gone } from './api-error.ts';
import type { KubeObject } from '../objects.ts';
import type { Registry } from '../storage/registry.ts';
import type { ListPage } from './representation.ts';
import type { ResourceRequest } from './request.ts';
import { fieldMatcher, labelMatcher, type Matcher } from './selectors.ts';

/** Combines both selectors of a list or watch into one predicate. */
export function matcherOf(query: URLSearchParams): Matcher {
  const labels = labelMatcher(query.get('labelSelector'));
  const fields = fieldMatcher(query.get('fieldSelector'));
  return (object) => labels(object) && fields(object);
}

/** One page. `limit` and `continue` page in list order, at the version of the first page. */
export function listPage(registry: Registry, request: ResourceRequest, query: URLSearchParams): ListPage {
  const matches = matcherOf(query);
  const namespace = request.type.namespaced ? request.namespace : undefined;
  const all: KubeObject[] = registry.store.list(request.type.plural, namespace).filter(matches);
  const token = parseToken(query.get('continue'));
  const start = token ? all.findIndex((object) => orderOf(object) > token.after) : 0;
  const rest = start < 0 ? [] : all.slice(start);
  const limit = Number(query.get('limit') ?? 0) || rest.length;
  const items = rest.slice(0, limit);
  const version = token?.version ?? registry.store.version;
  const last = items.at(-1);
  if (rest.length <= items.length || !last) return { items, resourceVersion: String(version) };
  return {
    items,
    resourceVersion: String(version),
    continueToken: Buffer.from(JSON.stringify({ after: orderOf(last), version })).toString('base64url'),
    remaining: rest.length - items.length,
  };
}

const orderOf = (object: KubeObject): string => `${object.metadata.namespace ?? ''}\u0000${object.metadata.name}`;

function parseToken(token: string | null): { after: string; version: number } | undefined {
  if (!token) return undefined;
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as { after: string; version: number };
  } catch {
    throw gone('The provided continue parameter is not valid');
  }
}

/** Parses a watch's `resourceVersion`. Not a number: 500 without a reason, like the real API server. */
export function versionOf(query: URLSearchParams): number {
  const text = query.get('resourceVersion') ?? '';
  if (!/^\d*$/.test(text))
    throw new ApiError({
      code: 500,
      reason: '',
      message: `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
    });
  return Number(text || 0);
}

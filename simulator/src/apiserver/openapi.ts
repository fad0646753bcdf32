/** The OpenAPI documents: the options of a patch, which helm and kubectl look up, and the kinds' schemas. */
import { GROUP_VERSIONS, groupVersion, type ListedType } from './resource-types.ts';
import { pathOf, typesOf, VERSION } from './discovery.ts';
import { schemasOf } from './schemas.ts';

const PREFIX = '/openapi/v3';

/** The JSON text for a path below `/openapi/v3`; undefined for other paths. */
export type OpenApi = (pathname: string, userAgent: string | undefined) => string | undefined;

/**
 * Builds each document once. Each helm command reads every group's document, only for the options of a patch: without
 * schemas it is a hundredth of the size.
 */
export function createOpenApi(): OpenApi {
  const whole = new Map<string, string>();
  return (pathname, userAgent) => {
    if (pathname === PREFIX) return JSON.stringify(openApiPaths());
    const entry = GROUP_VERSIONS.find((candidate) => pathname === PREFIX + pathOf(candidate));
    if (!entry) return undefined;
    if (userAgent?.startsWith('Helm/')) return JSON.stringify(openApiDocument(entry, {}));
    const known = whole.get(pathname) ?? JSON.stringify(openApiDocument(entry, schemasOf(entry, typesOf(entry.group))));
    whole.set(pathname, known);
    return known;
  };
}

type Entry = (typeof GROUP_VERSIONS)[number];

function openApiPaths(): object {
  const entries = GROUP_VERSIONS.map((entry) => {
    const path = pathOf(entry).slice(1);
    return [path, { serverRelativeURL: `${PREFIX}/${path}?hash=${VERSION.gitVersion}` }];
  });
  return { paths: Object.fromEntries(entries) };
}

function openApiDocument(entry: Entry, schemas: object): object {
  const paths = typesOf(entry.group).map((type) => {
    const scope = type.namespaced ? '/namespaces/{namespace}' : '';
    return [`${pathOf(entry)}${scope}/${type.plural}/{name}`, { patch: patchOperation(type) }];
  });
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths: Object.fromEntries(paths),
    components: { schemas },
  };
}

function patchOperation(type: ListedType): object {
  const parameter = (name: string): object => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } });
  return {
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': { group: type.group, version: type.version, kind: type.kind },
    operationId: `patch${groupVersion(type.group, type.version)}${type.kind}`,
    parameters: ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(parameter),
    responses: { 200: { description: 'OK' } },
  };
}

/** The discovery documents that clients request first: version, groups, kinds. */
import { GROUP_VERSIONS, LISTED_TYPES, type ListedType } from './resource-types.ts';

export const VERSION = {
  major: '1',
  minor: '34',
  gitVersion: 'v1.34.4+shopyard-embedded',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'linux/amd64',
} as const;

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SUBRESOURCE_VERBS: Readonly<Record<string, readonly string[]>> = {
  log: ['get'],
  portforward: ['create', 'get'],
  proxy: ['create', 'delete', 'get', 'patch', 'update'],
  finalize: ['update'],
};

/** The response to a discovery path; undefined for other paths. `aggregated`: the client accepts v2. */
export function discover(pathname: string, aggregated: boolean): object | undefined {
  switch (pathname) {
    case '/version':
      return VERSION;
    case '/api':
      return aggregated
        ? aggregatedGroups('')
        : { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    case '/apis':
      return aggregated ? aggregatedGroups('apis') : { kind: 'APIGroupList', apiVersion: 'v1', groups: namedGroups() };
  }
  const found = GROUP_VERSIONS.find((entry) => pathname === pathOf(entry));
  if (found) return resourceList(found);
  return namedGroups().find((group) => pathname === `/apis/${group.name}`);
}

export function pathOf({ group, groupVersion: gv }: { group: string; groupVersion: string }): string {
  return group === '' ? `/api/${gv}` : `/apis/${gv}`;
}

export function typesOf(group: string): ListedType[] {
  return LISTED_TYPES.filter((type) => type.group === group);
}

function namedGroups(): {
  kind: string;
  apiVersion: string;
  name: string;
  versions: object[];
  preferredVersion: object;
}[] {
  return GROUP_VERSIONS.filter(({ group }) => group !== '').map(({ group, version, groupVersion: gv }) => ({
    kind: 'APIGroup',
    apiVersion: 'v1',
    name: group,
    versions: [{ groupVersion: gv, version }],
    preferredVersion: { groupVersion: gv, version },
  }));
}

function resourceList({ group, groupVersion: gv }: { group: string; groupVersion: string }): object {
  const resources = typesOf(group).flatMap((type) => [
    {
      name: type.plural,
      singularName: type.kind.toLowerCase(),
      namespaced: type.namespaced,
      kind: type.kind,
      verbs: type.verbs ?? VERBS,
      ...(type.shortNames ? { shortNames: type.shortNames } : {}),
      ...(type.categories ? { categories: type.categories } : {}),
    },
    ...(type.subresources ?? []).map((sub) => ({
      name: `${type.plural}/${sub}`,
      singularName: '',
      namespaced: type.namespaced,
      kind: sub === 'scale' ? 'Scale' : type.kind,
      ...(sub === 'scale' ? { group: 'autoscaling', version: 'v1' } : {}),
      verbs: SUBRESOURCE_VERBS[sub] ?? ['get', 'patch', 'update'],
    })),
  ]);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: gv, resources };
}

function aggregatedGroups(prefix: '' | 'apis'): object {
  const groups = GROUP_VERSIONS.filter(({ group }) => (prefix === '' ? group === '' : group !== ''));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(({ group, version }) => ({
      metadata: { name: group, creationTimestamp: null },
      versions: [{ version, freshness: 'Current', resources: typesOf(group).map(aggregatedResource) }],
    })),
  };
}

function aggregatedResource(type: ListedType): object {
  const responseKind = { group: type.group, version: type.version, kind: type.kind };
  return {
    resource: type.plural,
    responseKind,
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.kind.toLowerCase(),
    verbs: type.verbs ?? VERBS,
    ...(type.shortNames ? { shortNames: type.shortNames } : {}),
    ...(type.categories ? { categories: type.categories } : {}),
    ...(type.subresources
      ? {
          subresources: type.subresources.map((subresource) => ({
            subresource,
            responseKind:
              subresource === 'scale' ? { group: 'autoscaling', version: 'v1', kind: 'Scale' } : responseKind,
            verbs: SUBRESOURCE_VERBS[subresource] ?? ['get', 'patch', 'update'],
          })),
        }
      : {}),
  };
}

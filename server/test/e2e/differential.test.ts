/**
 * Sends the requests of helm, kubectl and Shopyard to the simulator and to a real API server. Any difference is a bug
 * in the simulator.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../support/simulator.ts';
import { type RawApi, rawApi, type RawAnswer, type RawRequest } from '../support/raw-api.ts';
import { REAL, uniqueName } from '../support/test-cluster.ts';

if (!REAL) process.stderr.write('Simulator and real cluster are compared by npm run test:cluster only.\n');

const NS = uniqueName('diff');
const CORE = `/api/v1/namespaces/${NS}`;
const APPS = `/apis/apps/v1/namespaces/${NS}`;
const LEASES = `/apis/coordination.k8s.io/v1/namespaces/${NS}/leases`;
const apply = 'application/apply-patch+yaml';
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';
const ITEM = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

const configMap = (name: string, data: object = {}, extra: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...extra },
  data,
});
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's', labels: { app: 'x' } },
  stringData: { a: 'b' },
};
const container = { name: 'c', image: 'localhost/none:1' };
const statefulSet = (labels: object, spec: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'set' },
  spec: {
    serviceName: 'x',
    replicas: 0,
    selector: { matchLabels: { app: 'x' } },
    template: { metadata: { labels }, spec: { containers: [container] } },
    ...spec,
  },
});
const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: { pods: '0' } } };
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [container] } };
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'nothing' }, ports: [{ port: 80 }] },
};
const deployment = (name: string): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: 'x' } },
    template: { metadata: { labels: { app: 'x' } }, spec: { containers: [container] } },
  },
});
/** A template whose container has these resources. */
const podsOf = (resources: object): object => ({
  template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ ...container, resources }] } },
});
const countQuota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'counts' },
  spec: { hard: { 'count/deployments.apps': '0' } },
};
const limitRange = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'range' },
  spec: {
    limits: [
      { type: 'Container', max: { memory: '1Gi' }, default: { memory: '512Mi' }, defaultRequest: { memory: '64Mi' } },
    ],
  },
};
/** As a plan asks. */
const dryRun = (path: string, body: object): RawRequest => ({
  method: 'PATCH',
  path: `${path}?fieldManager=one&force=true&dryRun=All`,
  contentType: apply,
  body,
});
const lease = (metadata: object = {}, spec: object = {}): object => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'lock', ...metadata },
  spec: { holderIdentity: 'a', renewTime: '2026-01-01T00:00:00.000000Z', ...spec },
});

type Look = (answer: RawAnswer) => unknown;
const field =
  (path: string): Look =>
  ({ json }) =>
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], json);
const kinds: Look = ({ json }) =>
  ((json['resources'] ?? []) as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => ['pods', 'secrets', 'pods/log', 'deployments', 'deployments/scale'].includes(name))
    .toSorted();
const names: Look = ({ json }) =>
  ((json['items'] ?? []) as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
const message = field('message');
/** The values in between are written in different ways by different versions. */
const refusedField: Look = ({ json }) => /is invalid: ([^:]+):/.exec(String(json['message']))?.[1];

/** Changes made while a watch of one kind is open, in the order of its expected events. */
const WATCHED = 'w';
const happenings: RawRequest[] = [
  { method: 'POST', path: `${CORE}/configmaps`, body: configMap('first', {}, { labels: { watched: WATCHED } }) },
  { method: 'POST', path: `${CORE}/configmaps`, body: configMap('other') },
  {
    method: 'PATCH',
    path: `${CORE}/configmaps/first`,
    contentType: 'application/merge-patch+json',
    body: { data: { k: '1' } },
  },
  {
    method: 'PATCH',
    path: `${CORE}/configmaps/first`,
    contentType: 'application/merge-patch+json',
    body: { metadata: { finalizers: ['shopyard.dev/test'] } },
  },
  // An unchanged write sends no event.
  {
    method: 'PATCH',
    path: `${CORE}/configmaps/first`,
    contentType: 'application/merge-patch+json',
    body: { data: { k: '1' } },
  },
  // Held by its finalizer, then released; an object that leaves the selector is reported as deleted.
  { method: 'DELETE', path: `${CORE}/configmaps/first` },
  {
    method: 'PATCH',
    path: `${CORE}/configmaps/first`,
    contentType: 'application/merge-patch+json',
    body: { metadata: { finalizers: null } },
  },
  { method: 'POST', path: `${CORE}/configmaps`, body: configMap('second', {}, { labels: { watched: WATCHED } }) },
  {
    method: 'PATCH',
    path: `${CORE}/configmaps/second`,
    contentType: 'application/merge-patch+json',
    body: { metadata: { labels: { watched: null } } },
  },
];

interface Interaction {
  name: string;
  request: RawRequest;
  look?: Look;
}

/** In order: each builds on the previous ones. Compares status, kind, reason and the result of `look`. */
const interactions: Interaction[] = [
  { name: 'a request for the version', request: { path: '/version' }, look: field('major') },
  { name: 'a request for the core versions', request: { path: '/api' }, look: field('versions') },
  { name: 'a request for the groups', request: { path: '/apis' } },
  {
    name: 'a request for the core group, aggregated',
    request: { path: '/api', accept: AGGREGATED },
    look: field('apiVersion'),
  },
  {
    name: 'a request for the groups, aggregated',
    request: { path: '/apis', accept: AGGREGATED },
    look: field('apiVersion'),
  },
  { name: 'a request for the core kinds', request: { path: '/api/v1' }, look: kinds },
  { name: 'a request for the apps kinds', request: { path: '/apis/apps/v1' }, look: kinds },
  { name: 'a request for OpenAPI', request: { path: '/openapi/v3' }, look: ({ json }) => typeof json['paths'] },
  { name: 'a request to an unknown path', request: { path: '/apis/nope.example.com/v1' } },
  {
    name: 'a create of a namespace',
    request: { method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: NS } } },
    look: field('status.phase'),
  },
  {
    name: 'a second create of the namespace',
    request: { method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: NS } } },
    look: message,
  },
  {
    name: 'a create of a namespace with an invalid name',
    request: { method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'UPPER' } } },
  },
  { name: 'a get of the namespace', request: { path: `/api/v1/namespaces/${NS}` }, look: field('spec.finalizers') },
  { name: 'a get of a missing namespace', request: { path: '/api/v1/namespaces/nowhere' }, look: message },
  {
    name: 'a create of a secret',
    request: { method: 'POST', path: `${CORE}/secrets`, body: secret },
    look: field('data'),
  },
  {
    name: 'a second create of the secret',
    request: { method: 'POST', path: `${CORE}/secrets`, body: secret },
    look: message,
  },
  {
    name: 'a get of the secret as metadata',
    request: { path: `${CORE}/secrets/s`, accept: ITEM },
    look: field('data'),
  },
  { name: 'a get of a missing secret', request: { path: `${CORE}/secrets/none` }, look: message },
  {
    name: 'a create of a secret in a missing namespace',
    request: { method: 'POST', path: '/api/v1/namespaces/nowhere/secrets', body: secret },
    look: message,
  },
  {
    name: 'a create with a body of another kind',
    request: { method: 'POST', path: `${CORE}/configmaps`, body: secret },
  },
  { name: 'a create with invalid JSON', request: { method: 'POST', path: `${CORE}/configmaps`, body: '{"nope' } },
  {
    name: 'a create whose body names another namespace',
    request: { method: 'POST', path: `${CORE}/configmaps`, body: configMap('x', {}, { namespace: 'other' }) },
    look: message,
  },
  {
    name: 'an apply that creates',
    request: {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=one`,
      contentType: apply,
      body: configMap('a', { k: '1', l: '1' }),
    },
    look: field('data'),
  },
  {
    name: 'a repeated apply',
    request: {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=one`,
      contentType: apply,
      body: configMap('a', { k: '1', l: '1' }),
    },
    look: field('data'),
  },
  {
    name: 'an apply without a field that it set before',
    request: {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=one`,
      contentType: apply,
      body: configMap('a', { k: '1' }),
    },
    look: field('data'),
  },
  {
    name: 'a conflicting apply by another manager',
    request: {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=two`,
      contentType: apply,
      body: configMap('a', { k: '2' }),
    },
    look: message,
  },
  {
    name: 'a forced apply by another manager',
    request: {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=two&force=true`,
      contentType: apply,
      body: configMap('a', { k: '2' }),
    },
    look: field('data'),
  },
  {
    name: 'an apply without a manager',
    request: { method: 'PATCH', path: `${CORE}/configmaps/a`, contentType: apply, body: configMap('a') },
  },
  {
    name: 'a merge patch',
    request: {
      method: 'PATCH',
      path: `${CORE}/configmaps/a`,
      contentType: 'application/merge-patch+json',
      body: { data: { m: '1', k: null } },
    },
    look: field('data'),
  },
  {
    name: 'a strategic merge patch',
    request: {
      method: 'PATCH',
      path: `${CORE}/configmaps/a`,
      contentType: 'application/strategic-merge-patch+json',
      body: { data: { n: '1' } },
    },
    look: field('data'),
  },
  {
    name: 'a JSON patch',
    request: {
      method: 'PATCH',
      path: `${CORE}/configmaps/a`,
      contentType: 'application/json-patch+json',
      body: [{ op: 'remove', path: '/data/n' }],
    },
    look: field('data'),
  },
  {
    name: 'a patch of an unknown type',
    request: { method: 'PATCH', path: `${CORE}/configmaps/a`, contentType: 'text/plain', body: '{}' },
  },
  {
    name: 'a stale update',
    request: { method: 'PUT', path: `${CORE}/configmaps/a`, body: configMap('a', {}, { resourceVersion: '1' }) },
    look: message,
  },
  {
    name: 'an update',
    request: { method: 'PUT', path: `${CORE}/configmaps/a`, body: configMap('a', { z: '1' }) },
    look: field('data'),
  },
  { name: 'a dry run', request: { method: 'POST', path: `${CORE}/configmaps?dryRun=All`, body: configMap('dry') } },
  { name: 'a get of the object of a dry run', request: { path: `${CORE}/configmaps/dry` } },
  { name: 'a list by label', request: { path: `${CORE}/secrets?labelSelector=app%3Dx` }, look: names },
  {
    name: 'a list by set-based selector',
    request: { path: `${CORE}/secrets?labelSelector=app+in+(x,y),!b` },
    look: names,
  },
  { name: 'a list by invalid selector', request: { path: `${CORE}/secrets?labelSelector=a+b+c` } },
  { name: 'a list by field', request: { path: `${CORE}/secrets?fieldSelector=metadata.name%3Ds` }, look: names },
  {
    name: 'the first page of a list',
    request: { path: `${CORE}/configmaps?limit=1` },
    look: ({ json }) => typeof (json['metadata'] as { continue?: string }).continue,
  },
  {
    name: 'a list as metadata',
    request: { path: `${CORE}/secrets?labelSelector=none`, accept: LIST },
    look: field('items'),
  },
  { name: 'a list as one object', request: { path: `${CORE}/secrets`, accept: ITEM } },
  {
    name: 'a table',
    request: { path: `${CORE}/secrets`, accept: TABLE },
    look: ({ json }) => ((json['columnDefinitions'] ?? []) as { name: string }[]).map(({ name }) => name),
  },
  {
    name: 'a stateful set whose selector does not match its pods',
    request: { method: 'POST', path: `${APPS}/statefulsets`, body: statefulSet({ app: 'y' }) },
  },
  {
    name: 'a stateful set without containers',
    request: {
      method: 'POST',
      path: `${APPS}/statefulsets`,
      body: statefulSet({ app: 'x' }, { template: { metadata: { labels: { app: 'x' } }, spec: { containers: [] } } }),
    },
  },
  {
    name: 'a create of a stateful set',
    request: { method: 'POST', path: `${APPS}/statefulsets`, body: statefulSet({ app: 'x' }) },
    look: field('spec.updateStrategy.type'),
  },
  {
    name: 'a change of an immutable field',
    request: {
      method: 'PATCH',
      path: `${APPS}/statefulsets/set`,
      contentType: 'application/merge-patch+json',
      body: { spec: { serviceName: 'y' } },
    },
  },
  { name: 'its scale subresource', request: { path: `${APPS}/statefulsets/set/scale` }, look: field('spec') },
  {
    name: 'a create of a quota',
    request: { method: 'POST', path: `${CORE}/resourcequotas`, body: quota },
    look: field('spec.hard'),
  },
  {
    name: 'a create of a service',
    request: { method: 'POST', path: `${CORE}/services`, body: service },
    look: field('spec.type'),
  },
  { name: 'a proxy request to a service without pods', request: { path: `${CORE}/services/web:80/proxy/` } },
  { name: 'a request for the log of a missing pod', request: { path: `${CORE}/pods/none/log` }, look: message },
  {
    name: 'a watch from an invalid version',
    request: { path: `${CORE}/configmaps?watch=true&resourceVersion=none&timeoutSeconds=1` },
    look: message,
  },
  {
    name: 'a delete with another uid as precondition',
    request: { method: 'DELETE', path: `${CORE}/configmaps/a`, body: { preconditions: { uid: 'other' } } },
  },
  { name: 'a delete', request: { method: 'DELETE', path: `${CORE}/configmaps/a` }, look: field('status') },
  { name: 'a create of a lease', request: { method: 'POST', path: LEASES, body: lease() }, look: field('spec') },
  { name: 'a second create of the lease', request: { method: 'POST', path: LEASES, body: lease() }, look: message },
  {
    name: 'a renewal of a lease without a version',
    request: { method: 'PUT', path: `${LEASES}/lock`, body: lease() },
    look: message,
  },
  {
    name: 'a renewal of a lease on a stale version',
    request: { method: 'PUT', path: `${LEASES}/lock`, body: lease({ resourceVersion: '1' }) },
    look: message,
  },
  {
    name: 'a merge patch of a lease on a stale version',
    request: {
      method: 'PATCH',
      path: `${LEASES}/lock`,
      contentType: 'application/merge-patch+json',
      body: { metadata: { resourceVersion: '1' }, spec: { holderIdentity: 'b' } },
    },
    look: message,
  },
  {
    name: 'a JSON patch of a lease on a stale version',
    request: {
      method: 'PATCH',
      path: `${LEASES}/lock`,
      contentType: 'application/json-patch+json',
      body: [{ op: 'replace', path: '/metadata/resourceVersion', value: '1' }],
    },
    look: message,
  },
  {
    name: 'an apply of a lease on a stale version',
    request: {
      method: 'PATCH',
      path: `${LEASES}/lock?fieldManager=one&force=true`,
      contentType: apply,
      body: lease({ resourceVersion: '1' }),
    },
    look: message,
  },
  {
    name: 'a lease with a renewTime in milliseconds',
    request: { method: 'POST', path: LEASES, body: lease({ name: 'ms' }, { renewTime: '2026-01-01T00:00:00.000Z' }) },
  },
  {
    name: 'a lease with a duration of zero',
    request: { method: 'POST', path: LEASES, body: lease({ name: 'none' }, { leaseDurationSeconds: 0 }) },
    look: message,
  },
  { name: 'a delete of a deleted object', request: { method: 'DELETE', path: `${CORE}/configmaps/a` }, look: message },
  { name: 'a delete by label', request: { method: 'DELETE', path: `${CORE}/secrets?labelSelector=app%3Dx` } },
  { name: 'a create of a pod over its quota', request: { method: 'POST', path: `${CORE}/pods`, body: pod } },
  {
    name: 'a dry run of a change of an immutable field',
    request: dryRun(`${APPS}/statefulsets/set`, statefulSet({ app: 'x' }, { serviceName: 'y' })),
    look: message,
  },
  {
    name: 'a dry run of an address for a service that has another',
    request: dryRun(`${CORE}/services/web`, { ...service, spec: { ...service.spec, clusterIP: 'None' } }),
    look: refusedField,
  },
  {
    name: 'a dry run of a request above its limit',
    request: dryRun(`${APPS}/statefulsets/greedy`, {
      ...statefulSet({ app: 'x' }, podsOf({ requests: { memory: '2Gi' }, limits: { memory: '1Gi' } })),
      metadata: { name: 'greedy' },
    }),
    look: message,
  },
  {
    name: 'a dry run of the same object',
    request: dryRun(`${APPS}/statefulsets/set`, statefulSet({ app: 'x' })),
    look: field('spec.serviceName'),
  },
  {
    name: 'a create of a quota of objects',
    request: { method: 'POST', path: `${CORE}/resourcequotas`, body: countQuota },
    look: field('spec.hard'),
  },
  {
    name: 'a dry run of an object over its quota',
    request: dryRun(`${APPS}/deployments/more`, deployment('more')),
    look: message,
  },
  { name: 'a delete of the quota of pods', request: { method: 'DELETE', path: `${CORE}/resourcequotas/q` } },
  {
    name: 'a create of a limit range',
    request: { method: 'POST', path: `${CORE}/limitranges`, body: limitRange },
    look: field('spec'),
  },
  {
    name: 'a dry run of a pod outside the limit range',
    request: {
      method: 'POST',
      path: `${CORE}/pods?dryRun=All`,
      body: { ...pod, spec: { containers: [{ ...container, resources: { limits: { memory: '2Gi' } } }] } },
    },
    look: message,
  },
  {
    name: 'a change of the Pod Security level',
    request: {
      method: 'PATCH',
      path: `/api/v1/namespaces/${NS}`,
      contentType: 'application/merge-patch+json',
      body: { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
    },
    look: field('status.phase'),
  },
  {
    name: 'a dry run of a pod that the Pod Security level forbids',
    request: { method: 'POST', path: `${CORE}/pods?dryRun=All`, body: pod },
    look: message,
  },
  {
    name: 'a delete of the namespace',
    request: { method: 'DELETE', path: `/api/v1/namespaces/${NS}` },
    look: field('status.phase'),
  },
  {
    name: 'a create in a terminating namespace',
    request: { method: 'POST', path: `${CORE}/configmaps`, body: configMap('late') },
    look: message,
  },
];

let simulator: Simulator | undefined;
let simulated: RawApi;
let real: RawApi;

beforeAll(async () => {
  if (!REAL) return;
  simulator = await startSimulator({ speed: 1 });
  simulated = rawApi(simulator.kubeconfig);
  real = rawApi(readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8'));
});
afterAll(() => simulator?.close());

test.runIf(REAL).each(interactions)('answers $name alike', async ({ name, request, look }) => {
  await settled(name, request);
  const [expected, actual] = await Promise.all([real(request), simulated(request)]);
  const seen = (answer: RawAnswer): object => ({
    status: answer.status,
    kind: answer.json['kind'],
    reason: answer.json['reason'],
    look: look?.(answer),
  });
  expect(seen(actual)).toEqual(seen(expected));
});

/** Objects and fields that controllers fill in a moment later: the case that meets one waits for it. */
const CREATED_LATER: Record<string, { by: () => RawApi[]; path: string; look?: Look }> = {
  'an apply that creates': { by: () => [real, simulated], path: `${CORE}/configmaps/kube-root-ca.crt` },
  'a create of a pod over its quota': {
    by: () => [real, simulated],
    path: `${CORE}/resourcequotas/q`,
    look: field('status.hard.pods'),
  },
  'a dry run of an object over its quota': {
    by: () => [real, simulated],
    path: `${CORE}/resourcequotas/counts`,
    look: ({ json }) => (json['status'] as { hard?: object } | undefined)?.hard,
  },
  // The simulator has no Endpoints: it asks the pods themselves.
  'a proxy request to a service without pods': { by: () => [real], path: `${CORE}/endpoints/web` },
};

/** Dry runs that admission plugins refuse once their caches know the object of the case before: each is asked until then. */
const REFUSED_LATER = new Set([
  'a dry run of a pod outside the limit range',
  'a dry run of a pod that the Pod Security level forbids',
]);

async function settled(name: string, request: Interaction['request']): Promise<void> {
  if (REFUSED_LATER.has(name))
    await expect.poll(async () => (await real(request)).status, { timeout: 10_000 }).toBe(403);
  const later = CREATED_LATER[name];
  if (!later) return;
  const { by, path, look } = later;
  const isCreated = async (api: RawApi): Promise<boolean> => {
    const answer = await api({ path });
    return answer.status === 200 && (look === undefined || look(answer) !== undefined);
  };
  for (const api of by()) await expect.poll(() => isCreated(api), { timeout: 10_000 }).toBe(true);
}

test.runIf(REAL)('a watch sends the same events in the same order', async () => {
  const [expected, actual] = await Promise.all([real, simulated].map(watched));
  expect(expected?.length).toBeGreaterThan(5);
  expect(actual).toEqual(expected);
});

/** Types and objects of the events of a labelled watch, in order. */
async function watched(api: RawApi): Promise<string[]> {
  const namespace = { method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: `${NS}-w` } } };
  await api(namespace);
  const there = (text: string): string => text.replace(CORE, `/api/v1/namespaces/${NS}-w`);
  const list = await api({ path: there(`${CORE}/configmaps?labelSelector=watched`) });
  const version = (list.json['metadata'] as { resourceVersion: string }).resourceVersion;
  const query = `watch=true&resourceVersion=${version}&labelSelector=watched%3D${WATCHED}&timeoutSeconds=3`;
  const watching = api({ path: there(`${CORE}/configmaps?${query}`) });
  for (const request of happenings) await api({ ...request, path: there(request.path) });
  const { lines } = await watching;
  await api({ method: 'DELETE', path: `/api/v1/namespaces/${NS}-w` });
  return lines.map((line) => {
    const { metadata } = line['object'] as { metadata: { name: string; deletionTimestamp?: string } };
    return `${String(line['type'])} ${metadata.name}${metadata.deletionTimestamp ? ' going' : ''}`;
  });
}

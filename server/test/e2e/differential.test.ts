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

/** In order: each builds on the previous ones. Compares status, kind, reason and the result of `look`. */
const interactions: [what: string, request: RawRequest, look?: Look][] = [
  ['version', { path: '/version' }, field('major')],
  ['core versions', { path: '/api' }, field('versions')],
  ['groups', { path: '/apis' }],
  ['core, aggregated', { path: '/api', accept: AGGREGATED }, field('apiVersion')],
  ['groups, aggregated', { path: '/apis', accept: AGGREGATED }, field('apiVersion')],
  ['core kinds', { path: '/api/v1' }, kinds],
  ['apps kinds', { path: '/apis/apps/v1' }, kinds],
  ['OpenAPI', { path: '/openapi/v3' }, ({ json }) => typeof json['paths']],
  ['unknown path', { path: '/apis/nope.example.com/v1' }],
  [
    'create a namespace',
    { method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: NS } } },
    field('status.phase'),
  ],
  ['the same again', { method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: NS } } }, message],
  [
    'a namespace with a bad name',
    { method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'UPPER' } } },
  ],
  ['get it', { path: `/api/v1/namespaces/${NS}` }, field('spec.finalizers')],
  ['get one that is not there', { path: '/api/v1/namespaces/nowhere' }, message],
  ['create a secret', { method: 'POST', path: `${CORE}/secrets`, body: secret }, field('data')],
  ['the secret again', { method: 'POST', path: `${CORE}/secrets`, body: secret }, message],
  ['the secret as metadata', { path: `${CORE}/secrets/s`, accept: ITEM }, field('data')],
  ['a secret that is not there', { path: `${CORE}/secrets/none` }, message],
  [
    'a secret where there is no namespace',
    { method: 'POST', path: '/api/v1/namespaces/nowhere/secrets', body: secret },
    message,
  ],
  ['a body of another kind', { method: 'POST', path: `${CORE}/configmaps`, body: secret }],
  ['a body that is no JSON', { method: 'POST', path: `${CORE}/configmaps`, body: '{"nope' }],
  [
    'another namespace in the body',
    { method: 'POST', path: `${CORE}/configmaps`, body: configMap('x', {}, { namespace: 'other' }) },
    message,
  ],
  [
    'apply creates',
    {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=one`,
      contentType: apply,
      body: configMap('a', { k: '1', l: '1' }),
    },
    field('data'),
  ],
  [
    'apply again',
    {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=one`,
      contentType: apply,
      body: configMap('a', { k: '1', l: '1' }),
    },
    field('data'),
  ],
  [
    'apply drops what it no longer says',
    {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=one`,
      contentType: apply,
      body: configMap('a', { k: '1' }),
    },
    field('data'),
  ],
  [
    'another manager conflicts',
    {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=two`,
      contentType: apply,
      body: configMap('a', { k: '2' }),
    },
    message,
  ],
  [
    'and forces',
    {
      method: 'PATCH',
      path: `${CORE}/configmaps/a?fieldManager=two&force=true`,
      contentType: apply,
      body: configMap('a', { k: '2' }),
    },
    field('data'),
  ],
  [
    'apply without a manager',
    { method: 'PATCH', path: `${CORE}/configmaps/a`, contentType: apply, body: configMap('a') },
  ],
  [
    'merge patch',
    {
      method: 'PATCH',
      path: `${CORE}/configmaps/a`,
      contentType: 'application/merge-patch+json',
      body: { data: { m: '1', k: null } },
    },
    field('data'),
  ],
  [
    'strategic patch',
    {
      method: 'PATCH',
      path: `${CORE}/configmaps/a`,
      contentType: 'application/strategic-merge-patch+json',
      body: { data: { n: '1' } },
    },
    field('data'),
  ],
  [
    'JSON patch',
    {
      method: 'PATCH',
      path: `${CORE}/configmaps/a`,
      contentType: 'application/json-patch+json',
      body: [{ op: 'remove', path: '/data/n' }],
    },
    field('data'),
  ],
  [
    'a patch of no known form',
    { method: 'PATCH', path: `${CORE}/configmaps/a`, contentType: 'text/plain', body: '{}' },
  ],
  [
    'a stale update',
    { method: 'PUT', path: `${CORE}/configmaps/a`, body: configMap('a', {}, { resourceVersion: '1' }) },
    message,
  ],
  ['an update', { method: 'PUT', path: `${CORE}/configmaps/a`, body: configMap('a', { z: '1' }) }, field('data')],
  ['a dry run', { method: 'POST', path: `${CORE}/configmaps?dryRun=All`, body: configMap('dry') }],
  ['leaves nothing', { path: `${CORE}/configmaps/dry` }],
  ['list by label', { path: `${CORE}/secrets?labelSelector=app%3Dx` }, names],
  ['list by a set', { path: `${CORE}/secrets?labelSelector=app+in+(x,y),!b` }, names],
  ['a selector that is none', { path: `${CORE}/secrets?labelSelector=a+b+c` }],
  ['list by field', { path: `${CORE}/secrets?fieldSelector=metadata.name%3Ds` }, names],
  [
    'a first page',
    { path: `${CORE}/configmaps?limit=1` },
    ({ json }) => typeof (json['metadata'] as { continue?: string }).continue,
  ],
  ['a list as metadata', { path: `${CORE}/secrets?labelSelector=none`, accept: LIST }, field('items')],
  ['a list as one object', { path: `${CORE}/secrets`, accept: ITEM }],
  [
    'a table',
    { path: `${CORE}/secrets`, accept: TABLE },
    ({ json }) => ((json['columnDefinitions'] ?? []) as { name: string }[]).map(({ name }) => name),
  ],
  ['a selector that fits no pod', { method: 'POST', path: `${APPS}/statefulsets`, body: statefulSet({ app: 'y' }) }],
  [
    'a set without containers',
    {
      method: 'POST',
      path: `${APPS}/statefulsets`,
      body: statefulSet({ app: 'x' }, { template: { metadata: { labels: { app: 'x' } }, spec: { containers: [] } } }),
    },
  ],
  [
    'a set',
    { method: 'POST', path: `${APPS}/statefulsets`, body: statefulSet({ app: 'x' }) },
    field('spec.updateStrategy.type'),
  ],
  [
    'what may not change of it',
    {
      method: 'PATCH',
      path: `${APPS}/statefulsets/set`,
      contentType: 'application/merge-patch+json',
      body: { spec: { serviceName: 'y' } },
    },
  ],
  ['its scale', { path: `${APPS}/statefulsets/set/scale` }, field('spec')],
  ['a quota', { method: 'POST', path: `${CORE}/resourcequotas`, body: quota }, field('spec.hard')],
  ['a service', { method: 'POST', path: `${CORE}/services`, body: service }, field('spec.type')],
  ['its proxy without pods', { path: `${CORE}/services/web:80/proxy/` }],
  ['logs of no pod', { path: `${CORE}/pods/none/log` }, message],
  ['a watch from no version', { path: `${CORE}/configmaps?watch=true&resourceVersion=none&timeoutSeconds=1` }, message],
  [
    'a delete of another uid',
    { method: 'DELETE', path: `${CORE}/configmaps/a`, body: { preconditions: { uid: 'other' } } },
  ],
  ['a delete', { method: 'DELETE', path: `${CORE}/configmaps/a` }, field('status')],
  ['a lease', { method: 'POST', path: LEASES, body: lease() }, field('spec')],
  ['the lease again', { method: 'POST', path: LEASES, body: lease() }, message],
  ['a lease renewed without a version', { method: 'PUT', path: `${LEASES}/lock`, body: lease() }, message],
  [
    'a lease renewed on a stale version',
    { method: 'PUT', path: `${LEASES}/lock`, body: lease({ resourceVersion: '1' }) },
    message,
  ],
  [
    'a lease patched on a stale version',
    {
      method: 'PATCH',
      path: `${LEASES}/lock`,
      contentType: 'application/merge-patch+json',
      body: { metadata: { resourceVersion: '1' }, spec: { holderIdentity: 'b' } },
    },
    message,
  ],
  [
    'a lease patched by operations on a stale version',
    {
      method: 'PATCH',
      path: `${LEASES}/lock`,
      contentType: 'application/json-patch+json',
      body: [{ op: 'replace', path: '/metadata/resourceVersion', value: '1' }],
    },
    message,
  ],
  [
    'a lease applied on a stale version',
    {
      method: 'PATCH',
      path: `${LEASES}/lock?fieldManager=one&force=true`,
      contentType: apply,
      body: lease({ resourceVersion: '1' }),
    },
    message,
  ],
  [
    'a lease with a time in milliseconds',
    { method: 'POST', path: LEASES, body: lease({ name: 'ms' }, { renewTime: '2026-01-01T00:00:00.000Z' }) },
  ],
  [
    'a lease that lasts no time',
    { method: 'POST', path: LEASES, body: lease({ name: 'none' }, { leaseDurationSeconds: 0 }) },
    message,
  ],
  ['once more', { method: 'DELETE', path: `${CORE}/configmaps/a` }, message],
  ['delete what a label selects', { method: 'DELETE', path: `${CORE}/secrets?labelSelector=app%3Dx` }],
  ['a pod over the quota', { method: 'POST', path: `${CORE}/pods`, body: pod }],
  ['delete the namespace', { method: 'DELETE', path: `/api/v1/namespaces/${NS}` }, field('status.phase')],
  ['create in it while it goes', { method: 'POST', path: `${CORE}/configmaps`, body: configMap('late') }, message],
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

test.runIf(REAL).each(interactions)('%s', async (what, request, look) => {
  await settled(what);
  const [expected, actual] = await Promise.all([real(request), simulated(request)]);
  const seen = (answer: RawAnswer): object => ({
    status: answer.status,
    kind: answer.json['kind'],
    reason: answer.json['reason'],
    look: look?.(answer),
  });
  expect(seen(actual)).toEqual(seen(expected));
});

/** What controllers make a moment after what it belongs to: a case that meets it must not be earlier. */
const MADE_LATER: Record<string, { by: () => RawApi[]; path: string; look?: Look }> = {
  'apply creates': { by: () => [real, simulated], path: `${CORE}/configmaps/kube-root-ca.crt` },
  'a pod over the quota': {
    by: () => [real, simulated],
    path: `${CORE}/resourcequotas/q`,
    look: field('status.hard.pods'),
  },
  // The simulator has none: it asks the pods themselves.
  'its proxy without pods': { by: () => [real], path: `${CORE}/endpoints/web` },
};

async function settled(what: string): Promise<void> {
  const later = MADE_LATER[what];
  if (!later) return;
  const { by, path, look } = later;
  const isMade = async (api: RawApi): Promise<boolean> => {
    const answer = await api({ path });
    return answer.status === 200 && (look === undefined || look(answer) !== undefined);
  };
  for (const api of by()) await expect.poll(() => isMade(api), { timeout: 10_000 }).toBe(true);
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

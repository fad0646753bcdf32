/** The platform's account: the API server itself refuses everything beyond its rights. */
import { engines } from '@shopyard/engines';
import { temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClusterError } from '../../src/kube/errors.ts';
import { createKubeClient, type KubeClient, type KubeRequest, loadCredentials } from '../../src/kube/client.ts';
import { createStoreResources } from '../../src/cluster/resources.ts';
import { leastPrivilegeKubeconfig, STORE_ROLE, SUBJECT } from '../support/least-privilege.ts';
import { kubeconfigOf, REAL, uniqueName } from '../support/test-cluster.ts';
import { type Tools, toolsFor } from '../support/tools.ts';

if (!REAL)
  process.stderr.write("The platform's account is tested on a real cluster only: the embedded one has no accounts.\n");

const dir = temporaryDir();
const NAME = uniqueName('least');
/** A store that the account created. */
const OWN = `store-${NAME}`;
/** A foreign namespace named like a store, in which an administrator bound the account's store role. */
const FOREIGN = `store-foreign-${NAME}`;
/** A namespace that isn't named like a store, with the same binding. */
const OUTSIDE = `outside-${NAME}`;
const PRIVILEGED = 'pod-security.kubernetes.io/enforce';
const BINDINGS = (namespace: string): string =>
  `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`;
const LEASES = (namespace: string): string => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;

let account: KubeClient;
let admin: KubeClient;
let tools: Tools;

beforeAll(async () => {
  if (!REAL) return;
  const clientOf = (kubeconfig: string): KubeClient =>
    createKubeClient(loadCredentials({ kind: 'kubeconfig', kubeconfig }));
  admin = clientOf(kubeconfigOf(dir.path));
  const kubeconfig = await leastPrivilegeKubeconfig(kubeconfigOf(dir.path), dir.path);
  account = clientOf(kubeconfig);
  tools = toolsFor(kubeconfig, dir.path);
  for (const name of [FOREIGN, OUTSIDE]) {
    await admin.json('/api/v1/namespaces', { method: 'POST', body: { metadata: { name } } });
    await admin.json(BINDINGS(name), { method: 'POST', body: binding() });
  }
  const role = { clusterRole: STORE_ROLE, account: { namespace: SUBJECT.namespace, name: SUBJECT.name } };
  const store = {
    id: `st_${NAME}`,
    name: NAME,
    namespace: OWN,
    engine: 'woocommerce',
    createdBy: 'test',
    createdAt: new Date().toISOString(),
    generation: 1,
    desired: 'present' as const,
    values: {},
    profile: {},
  };
  const { signal } = new AbortController();
  const stores = createStoreResources({ client: account, engines, installation: 'in_0000000000000000', role });
  expect(await stores.ensureNamespace(store, signal)).toBe('ours');
  // In parallel, because each waits for its binding.
  await stores.ensureCredentials(store, signal);
});
afterAll(async () => {
  if (REAL)
    for (const name of [OWN, FOREIGN, OUTSIDE]) await admin.json(`/api/v1/namespaces/${name}`, { method: 'DELETE' });
  dir[Symbol.dispose]();
});

function binding({ role = STORE_ROLE, subject = SUBJECT, name = 'shopyard' } = {}): object {
  return {
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [subject],
  };
}

const namespace = (labels: Record<string, string>): object => ({
  metadata: { name: `store-new-${NAME}`, labels: { 'shopyard.dev/store-id': 'st_new', ...labels } },
});
const OURS = { 'app.kubernetes.io/managed-by': 'shopyard' };
/** Harmless even if one is not refused. */
const query = { dryRun: 'All' };
const post = (path: string, body: object): [string, KubeRequest] => [path, { method: 'POST', body, query }];
const patch = (path: string, body: object): [string, KubeRequest] => [path, { method: 'PATCH', body, query }];
const remove = (path: string): [string, KubeRequest] => [path, { method: 'DELETE', query }];
const labels = (name: string, changed: Record<string, string | null>): [string, KubeRequest] =>
  patch(`/api/v1/namespaces/${name}`, { metadata: { labels: changed } });
const configMap = { metadata: { name: 'x' } };
const pod = { ...configMap, spec: { containers: [{ name: 'x', image: 'localhost/busybox:1' }] } };
const forward = (name: string): [string] => [`/api/v1/namespaces/${name}/pods/x/portforward?ports=80`];

describe.runIf(REAL)('its requests', () => {
  test.each<{ what: string; by: 'policy' | 'roles'; request: [path: string, request?: KubeRequest] }>([
    {
      what: 'a namespace that is no store',
      by: 'policy',
      request: post('/api/v1/namespaces', { metadata: { name: 'x' } }),
    },
    { what: 'a namespace without Pod Security', by: 'policy', request: post('/api/v1/namespaces', namespace(OURS)) },
    {
      what: 'a namespace that allows privileged pods',
      by: 'policy',
      request: post('/api/v1/namespaces', namespace({ ...OURS, [PRIVILEGED]: 'privileged' })),
    },
    {
      what: 'a namespace not labelled as its own',
      by: 'policy',
      request: post('/api/v1/namespaces', namespace({ [PRIVILEGED]: 'baseline' })),
    },
    { what: 'a store relabelled privileged', by: 'policy', request: labels(OWN, { [PRIVILEGED]: 'privileged' }) },
    { what: "a store's Pod Security taken off", by: 'policy', request: labels(OWN, { [PRIVILEGED]: null }) },
    { what: "a store's owner taken off", by: 'policy', request: labels(OWN, { 'app.kubernetes.io/managed-by': null }) },
    { what: "a store's id taken off", by: 'policy', request: labels(OWN, { 'shopyard.dev/store-id': null }) },
    {
      what: "somebody else's store-* namespace labelled as its own",
      by: 'policy',
      request: labels(FOREIGN, { ...OURS, [PRIVILEGED]: 'baseline', 'shopyard.dev/store-id': 'st_x' }),
    },
    {
      what: "writing into somebody else's store-* namespace",
      by: 'policy',
      request: post(`/api/v1/namespaces/${FOREIGN}/configmaps`, configMap),
    },
    {
      what: "deleting somebody else's store-* namespace",
      by: 'policy',
      request: remove(`/api/v1/namespaces/${FOREIGN}`),
    },
    { what: 'deleting a namespace that is no store', by: 'policy', request: remove(`/api/v1/namespaces/${OUTSIDE}`) },
    {
      what: 'writing outside stores',
      by: 'policy',
      request: post(`/api/v1/namespaces/${OUTSIDE}/configmaps`, configMap),
    },
    {
      what: 'writing where it has no binding',
      by: 'roles',
      request: post('/api/v1/namespaces/kube-system/configmaps', configMap),
    },
    {
      what: 'taking finalizers off outside stores',
      by: 'policy',
      request: patch('/api/v1/namespaces/kube-system/configmaps/coredns', { metadata: { finalizers: null } }),
    },
    { what: 'a port-forward into a pod outside stores', by: 'policy', request: forward(OUTSIDE) },
    { what: "a port-forward into a pod of somebody else's", by: 'policy', request: forward(FOREIGN) },
    { what: 'a port-forward where it has no binding', by: 'roles', request: forward('kube-system') },
    { what: 'logs of a pod outside stores', by: 'roles', request: ['/api/v1/namespaces/kube-system/pods/x/log'] },
    { what: 'a shell in a pod of its own', by: 'roles', request: post(`/api/v1/namespaces/${OWN}/pods/x/exec`, {}) },
    { what: 'a pod outside stores', by: 'roles', request: post('/api/v1/namespaces/kube-system/pods', pod) },
    {
      what: "a pod in somebody else's store-* namespace",
      by: 'policy',
      request: post(`/api/v1/namespaces/${FOREIGN}/pods`, pod),
    },
    { what: 'every Secret', by: 'roles', request: ['/api/v1/secrets'] },
    {
      what: "every Secret of stores' labels",
      by: 'roles',
      request: ['/api/v1/secrets?labelSelector=shopyard.dev/store-id'],
    },
    { what: 'the Secrets of its own store', by: 'roles', request: [`/api/v1/namespaces/${OWN}/secrets`] },
    { what: 'a Secret of kube-system by name', by: 'roles', request: ['/api/v1/namespaces/kube-system/secrets/x'] },
    {
      what: 'credentials outside stores',
      by: 'roles',
      request: ['/api/v1/namespaces/kube-system/secrets/store-credentials'],
    },
    {
      what: 'a Secret outside stores',
      by: 'policy',
      request: post(`/api/v1/namespaces/${OUTSIDE}/secrets`, configMap),
    },
    {
      what: "cluster-admin bound in a store's namespace",
      by: 'roles',
      request: post(BINDINGS(OWN), binding({ role: 'cluster-admin', name: 'x' })),
    },
    {
      what: 'its store role bound outside stores',
      by: 'policy',
      request: post(BINDINGS('kube-system'), binding()),
    },
    {
      what: "its store role bound in somebody else's store-* namespace",
      by: 'policy',
      request: patch(`${BINDINGS(FOREIGN)}/shopyard`, { subjects: [SUBJECT, { ...SUBJECT, name: 'x' }] }),
    },
    {
      what: 'its store role bound to somebody else',
      by: 'policy',
      request: post(BINDINGS(OWN), binding({ name: 'x', subject: { ...SUBJECT, name: 'default' } })),
    },
    {
      what: 'somebody else added to its own binding',
      by: 'policy',
      request: patch(`${BINDINGS(OWN)}/shopyard`, { subjects: [SUBJECT, { ...SUBJECT, name: 'default' }] }),
    },
    {
      what: 'a cluster-wide binding',
      by: 'roles',
      request: post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', binding()),
    },
    {
      what: 'another Lease',
      by: 'policy',
      request: post(LEASES('shopyard'), { metadata: { name: 'x' } }),
    },
    {
      what: 'a Lease elsewhere',
      by: 'roles',
      request: post(LEASES('kube-system'), { metadata: { name: 'shopyard' } }),
    },
    { what: 'a change of a node', by: 'roles', request: ['/api/v1/nodes/any', { method: 'PATCH', body: {} }] },
    { what: 'one node', by: 'roles', request: ['/api/v1/nodes/any'] },
    { what: 'cluster roles', by: 'roles', request: ['/apis/rbac.authorization.k8s.io/v1/clusterroles'] },
    {
      what: "a service account's token",
      by: 'roles',
      request: post(`/api/v1/namespaces/${OWN}/serviceaccounts/default/token`, {}),
    },
  ])('refuses it $what', async ({ by, request }) => {
    const refusal = await account.json(...request).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(ClusterError);
    const { status, message } = refusal as ClusterError;
    expect([403, 422]).toContain(status);
    expect(message).toMatch(
      by === 'policy' ? /ValidatingAdmissionPolicy .* denied request/ : /cannot|attempting to grant/,
    );
  });

  test.each<{ what: string; request: [path: string, request?: KubeRequest] }>([
    { what: 'objects in its own store', request: post(`/api/v1/namespaces/${OWN}/configmaps`, configMap) },
    {
      what: 'the credentials of all stores',
      request: ['/api/v1/secrets?fieldSelector=metadata.name=store-credentials'],
    },
    { what: "its own store's credentials", request: [`/api/v1/namespaces/${OWN}/secrets/store-credentials`] },
    {
      what: 'the one Lease',
      request: post(LEASES('shopyard'), { metadata: { name: 'shopyard' } }),
    },
  ])('allows it $what', async ({ request }) => {
    const answer = account.json(...request).catch((error: unknown) => {
      // A Shopyard that holds the cluster has created it.
      if (!(error instanceof ClusterError && error.kind === 'conflict')) throw error;
    });
    await expect(answer).resolves.not.toThrow();
  });
});

test.runIf(REAL)('has no wildcard and no right beyond the chart', async () => {
  const list = await tools.kubectl('auth', 'can-i', '--list');
  const resources = list
    .split('\n')
    .slice(1)
    .filter((line) => !line.includes('[/'));
  expect(resources.join('\n')).not.toContain('*');
  expect(list).toMatch(/^namespaces\s+\[\]\s+\[\]\s+\[get list watch create patch delete\]$/m);
});

test.runIf(REAL)('may not exec into any pod', async () => {
  await expect(tools.kubectl('auth', 'can-i', 'create', 'pods/exec', '--all-namespaces')).rejects.toMatchObject({
    stdout: 'no\n',
  });
});

/** kubectl commands that the embedded cluster carries out, or refuses with a reason. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KubectlCluster, startKubectlCluster } from '../support/kubectl-cluster.ts';

const errors: unknown[] = [];
let cluster: KubectlCluster;
const kubectl = (...args: string[]): Promise<string> => cluster.kubectl(...args);

const pod = (name: string, resources: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: { containers: [{ name: 'main', image: 'app:1', resources }] },
});

beforeAll(async () => {
  cluster = await startKubectlCluster((error) => errors.push(error));
  const requests = { cpu: '250m', memory: '64Mi' };
  await kubectl('apply', '-f', cluster.file('busy', pod('busy', { requests })));
  await kubectl('apply', '-f', cluster.file('plain', pod('plain')));
  await kubectl('wait', 'pod/busy', 'pod/plain', '--for=condition=Ready');
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  expect(errors).toEqual([]);
});

test('sorts a list by any field of the object', async () => {
  const byMessage = await kubectl('get', 'events', '--sort-by=.message', '--no-headers');
  const messages = byMessage
    .trim()
    .split('\n')
    .map((line) => line.split(/\s{2,}/).at(-1) ?? '');
  expect(messages.length).toBeGreaterThan(5);
  expect(messages).toEqual(messages.toSorted());
  expect(await kubectl('get', 'events', '--sort-by=.lastTimestamp')).toMatch(/Scheduled\s+pod\/busy/);
  const pods = await kubectl('get', 'pods', '--sort-by=.spec.containers[0].resources.requests.cpu', '-o', 'name');
  expect(pods).toBe('pod/plain\npod/busy\n');
});

test('the holder of the kubeconfig may do everything and has a user name', async () => {
  expect(await kubectl('auth', 'can-i', 'delete', 'pods')).toBe('yes\n');
  expect(await kubectl('auth', 'can-i', '--list')).toMatch(/\*\.\*\s+\[\]\s+\[\]\s+\[\*\]/);
  expect(await kubectl('auth', 'whoami')).toContain('system:masters');
});

test('top shows the requests of simulated containers by pod, container, label and node', async () => {
  expect(await kubectl('top', 'pods')).toMatch(/busy\s+250m\s+64Mi\s*\nplain\s+0m\s+0Mi/);
  expect(await kubectl('top', 'pods', '--containers', '-l', 'app=busy')).toMatch(
    /^POD.*\nbusy\s+main\s+250m\s+64Mi\s*$/,
  );
  expect(await kubectl('top', 'pod', 'plain')).toMatch(/plain\s+0m/);
  expect(await kubectl('top', 'nodes')).toMatch(/embedded\s+250m/);
  await expect(kubectl('top', 'pod', 'none')).rejects.toThrow(/"none" not found/);
});

test('has no custom resources and refuses to create any', async () => {
  expect(await kubectl('get', 'crd')).toBe('');
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: { group: 'example.com', names: { kind: 'Thing', plural: 'things' }, scope: 'Namespaced', versions: [] },
  };
  const file = cluster.file('crd', definition);
  for (const flags of [[], ['--server-side']]) {
    await expect(kubectl('apply', '-f', file, ...flags)).rejects.toThrow(/has no custom resources/);
  }
  expect(await kubectl('get', 'crd')).toBe('');
});

test('explain describes a kind and its fields at any depth', async () => {
  expect(await kubectl('explain', 'pod')).toMatch(/VERSION: {4}v1[^]*collection of containers[^]*spec\s+<PodSpec>/);
  expect(await kubectl('explain', 'deployment.spec.replicas')).toMatch(/GROUP: {6}apps[^]*FIELD: replicas <integer>/);
  expect(await kubectl('explain', 'hpa.spec')).toMatch(/maxReplicas\s+<integer> -required-/);
  const quantities = await kubectl('explain', 'pod.spec.containers.resources.limits');
  expect(quantities).toContain('FIELD: limits <map[string]Quantity>');
  expect(await kubectl('explain', 'ingress.spec.rules.http.paths.backend.service.port')).toContain(
    '<ServiceBackendPort>',
  );
  expect(await kubectl('explain', 'cronjob', '--recursive')).toMatch(/schedule\s+<string> -required-/);
  await expect(kubectl('explain', 'pod.nope')).rejects.toThrow(/field "nope" does not exist/);
});

test('stores an autoscaler, whose status says that it scales nothing', async () => {
  await kubectl('create', 'deployment', 'web', '--image=app:1');
  await kubectl('autoscale', 'deployment', 'web', '--min=2', '--max=3');
  await expect.poll(() => kubectl('describe', 'hpa', 'web')).toMatch(/ScalingActive\s+False.*scales nothing/);
  expect(await kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')).toBe('1');
});

describe('refuses with an alternative', () => {
  test.each([
    { what: 'exec', args: ['exec', 'plain', '--', 'ls'] },
    { what: 'exec in a deployment', args: ['exec', 'deployment/other', '-i', '--', 'ls'] },
    { what: 'attach', args: ['attach', 'plain'] },
    { what: 'cp', args: ['cp', 'plain:/etc/hosts', '/tmp/never-written'] },
    { what: 'debug', args: ['debug', 'plain', '--image=busybox', '--profile=general'] },
  ])('$what', async ({ what, args }) => {
    if (what.includes('deployment')) {
      await kubectl('create', 'deployment', 'other', '--image=app:1');
      await kubectl('rollout', 'status', 'deployment/other');
    }
    await expect(kubectl(...args)).rejects.toThrow(/runs no commands in containers: .*or use a real cluster/);
  });

  test('a token', async () => {
    await expect(kubectl('create', 'token', 'default')).rejects.toThrow(/has no tokens: .*kubeconfig/);
  });
});

/** The real kubectl and helm against the simulator: usual commands work as on any cluster. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../support/simulator.ts';
import { type Tools, toolsFor } from '../support/tools.ts';

const CHART = fileURLToPath(new URL('../../../charts/woocommerce', import.meta.url));
const dir = temporaryDir();
const errors: unknown[] = [];
let simulator: Simulator;
let tools: Tools;
let kubeconfig: string;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 0, onError: (error) => errors.push(error) });
  kubeconfig = join(dir.path, 'kubeconfig');
  writeFileSync(kubeconfig, simulator.kubeconfig);
  mkdirSync(join(dir.path, 'home'));
  tools = toolsFor(kubeconfig, join(dir.path, 'home'));
});

afterAll(async () => {
  await simulator.close();
  dir[Symbol.dispose]();
  expect(errors).toEqual([]);
});

async function namespace(name: string): Promise<string> {
  const file = join(dir.path, `${name}.yaml`);
  const keys = ['auth', 'secure-auth', 'logged-in', 'nonce'].flatMap((kind) => [`${kind}-key`, `${kind}-salt`]);
  const names = [
    'mariadb-root-password',
    'mariadb-password',
    'wordpress-username',
    'wordpress-password',
    'wordpress-email',
    ...keys,
  ];
  writeFileSync(
    file,
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: store-credentials, namespace: ${name}}\nstringData: {${names.map((key) => `${key}: x`).join(', ')}}\n`,
  );
  expect(await tools.kubectl('apply', '-f', file)).toContain(`namespace/${name} created`);
  expect(await tools.kubectl('apply', '-f', file)).toContain(`namespace/${name} unchanged`);
  return name;
}

const podsOf = (ns: string): Promise<string> => tools.kubectl('get', 'pods', '-n', ns);

test('helm installs, upgrades, rolls back, lists, reports history and status, and uninstalls', async () => {
  const ns = await namespace('helm');
  await tools.helm('upgrade', '--install', 'shop', CHART, '-n', ns);
  await expect.poll(() => podsOf(ns), { timeout: 20_000 }).toMatch(/wordpress-\S+\s+1\/1\s+Running/);
  await tools.helm('upgrade', '--install', 'shop', CHART, '-n', ns, '--set', 'wordpress.podAnnotations.x=y');
  await tools.helm('rollback', 'shop', '1', '-n', ns);
  const history = JSON.parse(await tools.helm('history', 'shop', '-n', ns, '-o', 'json')) as {
    revision: number;
    status: string;
  }[];
  expect(history.map(({ revision, status }) => `${revision} ${status}`)).toEqual([
    '1 superseded',
    '2 superseded',
    '3 deployed',
  ]);
  expect(await tools.helm('status', 'shop', '-n', ns)).toContain('STATUS: deployed');
  await expect.poll(() => podsOf(ns), { timeout: 20_000 }).toMatch(/wordpress-\S+\s+1\/1\s+Running/);
  await tools.helm('uninstall', 'shop', '-n', ns);
  await expect.poll(() => podsOf(ns), { timeout: 20_000 }).not.toContain('wordpress');
  expect(await tools.helm('list', '-A', '-q')).toBe('');
  expect(await tools.kubectl('get', 'pvc', '-n', ns)).toContain('data-mariadb-0');
});

test('a server-side dry run changes nothing', async () => {
  const ns = await namespace('dry');
  const manifest = await tools.helm('upgrade', '--install', 'shop', CHART, '-n', ns, '--dry-run=server');
  expect(manifest).toContain('kind: StatefulSet');
  expect(await tools.kubectl('get', 'statefulsets,deployments,pods', '-n', ns)).toBe('');
});

test('kubectl supports get in all output formats, describe, logs and events', async () => {
  const ns = await namespace('look');
  await tools.helm('upgrade', '--install', 'shop', CHART, '-n', ns);
  await expect.poll(() => podsOf(ns), { timeout: 20_000 }).toMatch(/wordpress-\S+\s+1\/1\s+Running/);
  expect(await tools.kubectl('get', 'all', '-n', ns)).toMatch(/statefulset.apps\/mariadb\s+1\/1/);
  expect(await tools.kubectl('get', 'pods', '-n', ns, '-o', 'wide')).toMatch(/IP\s+NODE/);
  expect(await tools.kubectl('get', 'pods', '-n', ns, '-o', 'name', '-l', 'app.kubernetes.io/component=mariadb')).toBe(
    'pod/mariadb-0\n',
  );
  expect(await tools.kubectl('get', 'pvc', '-n', ns, '-o', 'jsonpath={.items[*].status.phase}')).toBe('Bound Bound');
  const description = await tools.kubectl('describe', 'pod', 'mariadb-0', '-n', ns);
  expect(description).toMatch(/Status:\s+Running/);
  expect(description).toContain('Successfully assigned');
  expect(await tools.kubectl('describe', 'deployment', 'wordpress', '-n', ns)).toContain(
    'StrategyType:       Recreate',
  );
  expect(await tools.kubectl('logs', 'mariadb-0', '-n', ns, '--tail', '1')).toContain('ready for connections');
  expect(await tools.kubectl('get', 'events', '-n', ns)).toMatch(/Normal\s+Scheduled\s+pod\/mariadb-0/);
});

test('kubectl get --watch shows changes as they happen', async () => {
  const ns = await namespace('watch');
  const path = process.env['PATH'] ?? '';
  const kubectl = fileURLToPath(new URL('../../../node_modules/.shopyard/tools/kubectl', import.meta.url));
  const child = spawn(kubectl, ['get', 'configmaps', '-n', ns, '-w', '-o', 'name'], {
    env: { PATH: path, KUBECONFIG: kubeconfig, HOME: dir.path },
  });
  let seen = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (seen += chunk));
  await expect.poll(() => seen, { timeout: 20_000 }).toContain('kube-root-ca.crt');
  await tools.kubectl('create', 'configmap', 'late', '-n', ns, '--from-literal=a=b');
  await expect.poll(() => seen).toContain('configmap/late');
  child.kill();
  await once(child, 'close');
});

test('follows logs, and keeps the previous logs of a crashed container', async () => {
  const ns = await namespace('logs');
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'crasher', namespace: ns },
    spec: { containers: [{ name: 'c', image: 'app:simulate-crash' }] },
  };
  writeFileSync(join(dir.path, 'pod.json'), JSON.stringify(pod));
  await tools.kubectl('apply', '-f', join(dir.path, 'pod.json'));
  await expect
    .poll(() => podsOf(ns), { timeout: 20_000 })
    .toMatch(/crasher\s+0\/1\s+(CrashLoopBackOff|Error|Running)\s+[1-9]/);
  expect(await tools.kubectl('logs', 'crasher', '-n', ns, '--previous')).toContain('simulated failure');
});

test('a quota rejects pods with the message of the API server and records an event', async () => {
  const ns = await namespace('quota');
  await tools.kubectl(
    'apply',
    '-f',
    await file('quota', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'q', namespace: ns },
      spec: { hard: { pods: '1' } },
    }),
  );
  await tools.helm('upgrade', '--install', 'shop', CHART, '-n', ns);
  await expect
    .poll(() => tools.kubectl('get', 'events', '-n', ns), { timeout: 20_000 })
    .toMatch(/FailedCreate.*exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1/);
  expect(await tools.kubectl('describe', 'quota', 'q', '-n', ns)).toMatch(/pods\s+1\s+1/);
});

test('rejects changes of immutable fields', async () => {
  const ns = await namespace('fixed');
  await tools.helm('upgrade', '--install', 'shop', CHART, '-n', ns);
  await expect(
    tools.kubectl(
      'patch',
      'statefulset',
      'mariadb',
      '-n',
      ns,
      '--type=merge',
      '-p',
      '{"spec":{"serviceName":"other"}}',
    ),
  ).rejects.toThrow(/updates to statefulset spec for fields other than/);
  await expect(tools.kubectl('create', 'configmap', 'x', '-n', 'nowhere')).rejects.toThrow(
    /namespaces "nowhere" not found/,
  );
  await expect(tools.kubectl('create', 'configmap', 'UPPER', '-n', ns)).rejects.toThrow(/RFC 1123/);
  await tools.kubectl('scale', 'deployment', 'wordpress', '-n', ns, '--replicas=0');
  await expect.poll(() => podsOf(ns), { timeout: 20_000 }).not.toMatch(/wordpress/);
});

test('a namespace with a finalizer stays Terminating, names it and rejects new objects until released', async () => {
  const ns = await namespace('held');
  await tools.kubectl(
    'apply',
    '-f',
    await file('held', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'held', namespace: ns, finalizers: ['example.com/hold'] },
    }),
  );
  await tools.kubectl('delete', 'namespace', ns, '--wait=false');
  await expect
    .poll(() => tools.kubectl('get', 'namespace', ns, '-o', 'jsonpath={.status.conditions[*].message}'))
    .toContain('example.com/hold in 1 resource instances');
  await expect(tools.kubectl('create', 'configmap', 'late', '-n', ns)).rejects.toThrow(
    /because it is being terminated/,
  );
  await tools.kubectl(
    'patch',
    'configmap',
    'held',
    '-n',
    ns,
    '--type=json',
    '-p',
    '[{"op":"remove","path":"/metadata/finalizers"}]',
  );
  await expect.poll(() => tools.kubectl('get', 'namespaces', '-o', 'name')).not.toContain('namespace/held');
});

async function file(name: string, object: object): Promise<string> {
  const path = join(dir.path, `${name}.json`);
  writeFileSync(path, JSON.stringify(object));
  return Promise.resolve(path);
}

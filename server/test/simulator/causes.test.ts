/**
 * The embedded cluster reproduces each failure recorded on a real one (domain/diagnose/recorded): it creates the same
 * objects, and the same cause is found within five seconds.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../support/simulator.ts';
import { diagnose } from '../../src/domain/diagnose/diagnose.ts';
import type { StoreObservation } from '../../src/domain/observation.ts';
import { WOOCOMMERCE } from '../../src/domain/testing.ts';
import { viewOfLists } from '../../src/domain/diagnose/testing.ts';

let simulator: Simulator;
beforeAll(async () => {
  // Not instant, so that intermediate states are observed.
  simulator = await startSimulator({ speed: 0.02 });
});
afterAll(() => simulator.close());

type Manifest = [path: string, object: object];
const labels = (component: string): Record<string, string> => ({
  'shopyard.dev/store-id': 'st_1',
  'app.kubernetes.io/component': component,
});
const template = (component: string, container: object, spec: object): object => ({
  metadata: { labels: labels(component) },
  spec: {
    containers: [
      { name: component, image: `${component}:1`, terminationMessagePolicy: 'FallbackToLogsOnError', ...container },
    ],
    ...spec,
  },
});
const workload = (name: string, rest: object, template_: object): object => ({
  metadata: { name, labels: labels(name) },
  spec: { replicas: 1, selector: { matchLabels: labels(name) }, template: template_, ...rest },
});
const wordpress = (container: object = {}, spec: object = {}): Manifest => [
  'apis/apps/v1/namespaces/NS/deployments',
  workload('wordpress', {}, template('wordpress', container, spec)),
];
const mariadb = (claim: object): Manifest => [
  'apis/apps/v1/namespaces/NS/statefulsets',
  workload(
    'mariadb',
    {
      serviceName: 'mariadb',
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels: labels('mariadb') },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...claim },
        },
      ],
    },
    template('mariadb', {}, {}),
  ),
];
const setup = (container: object, spec: object = {}): Manifest => [
  'apis/batch/v1/namespaces/NS/jobs',
  {
    metadata: { name: 'setup-1', labels: labels('setup') },
    spec: { backoffLimit: 0, ...spec, template: template('setup', container, { restartPolicy: 'Never' }) },
  },
];
const object = (plural: string, body: object): Manifest => [`api/v1/namespaces/NS/${plural}`, body];
const quota = (hard: object): Manifest => object('resourcequotas', { metadata: { name: 'store' }, spec: { hard } });
const failing = (mode: string): object => ({ image: `wordpress:simulate-${mode}` });
const password = {
  env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'store-credentials', key: 'mariadb-password' } } }],
};
const limits = (memory: string): object => ({ resources: { limits: { memory } } });
const volume = (source: object): [object, object] => [
  { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
  { volumes: [{ name: 'v', ...source }] },
];

const cases: { name: string; reason: string; manifests: Manifest[] }[] = [
  { name: 'image-not-found', reason: 'ImageNotFound', manifests: [wordpress(failing('image-not-found'))] },
  { name: 'image-unauthorized', reason: 'ImageUnauthorized', manifests: [wordpress(failing('image-unauthorized'))] },
  { name: 'image-forbidden', reason: 'ImageUnauthorized', manifests: [wordpress(failing('image-forbidden'))] },
  { name: 'image-rate-limited', reason: 'ImageRateLimited', manifests: [wordpress(failing('image-rate-limit'))] },
  { name: 'image-registry-broken', reason: 'ImagePullFailed', manifests: [wordpress(failing('registry-broken'))] },
  {
    name: 'image-registry-refuses',
    reason: 'RegistryUnreachable',
    manifests: [wordpress(failing('registry-refuses'))],
  },
  { name: 'image-no-such-host', reason: 'RegistryUnreachable', manifests: [wordpress(failing('registry-unknown'))] },
  { name: 'image-bad-name', reason: 'ImageNameInvalid', manifests: [wordpress({ image: 'UPPER/Case:1' })] },
  {
    name: 'image-never-pulled',
    reason: 'ImageNotLoaded',
    manifests: [wordpress({ image: 'absent:1', imagePullPolicy: 'Never' })],
  },
  { name: 'crash-loop', reason: 'CrashLoop', manifests: [wordpress(failing('crash'))] },
  { name: 'crash-once', reason: 'CrashLoop', manifests: [wordpress(failing('crash'))] },
  {
    name: 'init-crash',
    reason: 'CrashLoop',
    manifests: [wordpress({}, { initContainers: [{ name: 'prepare', ...failing('crash') }] })],
  },
  { name: 'out-of-memory', reason: 'OutOfMemory', manifests: [wordpress(failing('oom'))] },
  { name: 'command-not-found', reason: 'CommandFailed', manifests: [wordpress(failing('no-command'))] },
  { name: 'no-cpu', reason: 'Unschedulable', manifests: [wordpress({ resources: { requests: { cpu: '99999' } } })] },
  {
    name: 'no-memory',
    reason: 'Unschedulable',
    manifests: [wordpress({ resources: { requests: { memory: '90000Ti' } } })],
  },
  { name: 'no-node-selected', reason: 'Unschedulable', manifests: [wordpress({}, { nodeSelector: { disk: 'fast' } })] },
  {
    name: 'claim-missing',
    reason: 'Unschedulable',
    manifests: [wordpress(...volume({ persistentVolumeClaim: { claimName: 'none' } }))],
  },
  { name: 'claim-no-class', reason: 'VolumePending', manifests: [mariadb({ storageClassName: 'fast' })] },
  {
    name: 'claim-no-provisioner',
    reason: 'VolumePending',
    manifests: [
      ['apis/storage.k8s.io/v1/storageclasses', { metadata: { name: 'dead' }, provisioner: 'example.com/none' }],
      mariadb({ storageClassName: 'dead' }),
    ],
  },
  { name: 'quota-pods', reason: 'QuotaExceeded', manifests: [quota({ pods: '0' }), wordpress()] },
  {
    name: 'quota-memory',
    reason: 'QuotaExceeded',
    manifests: [quota({ 'limits.memory': '16Mi' }), wordpress(limits('64Mi'))],
  },
  { name: 'quota-storage', reason: 'QuotaExceeded', manifests: [quota({ 'requests.storage': '1Mi' }), mariadb({})] },
  {
    name: 'quota-no-limit-named',
    reason: 'QuotaNeedsLimits',
    manifests: [quota({ 'limits.memory': '16Mi' }), wordpress()],
  },
  {
    name: 'limit-range',
    reason: 'LimitExceeded',
    manifests: [
      object('limitranges', {
        metadata: { name: 'store' },
        spec: { limits: [{ type: 'Container', max: { memory: '32Mi' } }] },
      }),
      wordpress(limits('64Mi')),
    ],
  },
  { name: 'pod-security', reason: 'PodSecurity', manifests: [wordpress({ securityContext: { privileged: true } })] },
  {
    name: 'host-port-taken',
    reason: 'PodSecurity',
    manifests: [wordpress({ ports: [{ containerPort: 80, hostPort: 8123 }] })],
  },
  { name: 'readiness-failing', reason: 'ProbeFailing', manifests: [wordpress(failing('not-ready'))] },
  { name: 'readiness-500', reason: 'ProbeFailing', manifests: [wordpress(failing('not-ready'))] },
  {
    name: 'startup-failing',
    reason: 'ProbeFailing',
    manifests: [wordpress({ ...failing('not-started'), startupProbe: { httpGet: { path: '/', port: 80 } } })],
  },
  { name: 'liveness-failing', reason: 'ProbeFailing', manifests: [wordpress(failing('not-live'))] },
  { name: 'secret-missing', reason: 'ConfigMissing', manifests: [wordpress(password)] },
  {
    name: 'secret-key-missing',
    reason: 'ConfigMissing',
    manifests: [object('secrets', { metadata: { name: 'store-credentials' } }), wordpress(password)],
  },
  {
    name: 'non-root-refused',
    reason: 'ConfigMissing',
    manifests: [wordpress({}, { securityContext: { runAsNonRoot: true } })],
  },
  {
    name: 'configmap-not-mounted',
    reason: 'MountFailed',
    manifests: [wordpress(...volume({ configMap: { name: 'setup' } }))],
  },
  { name: 'setup-failed', reason: 'SetupFailed', manifests: [setup(failing('crash'))] },
  { name: 'setup-deadline', reason: 'SetupFailed', manifests: [setup(failing('hang'), { activeDeadlineSeconds: 2 })] },
  { name: 'setup-retrying', reason: 'SetupRetrying', manifests: [setup(failing('crash'), { backoffLimit: 4 })] },
];

test.each(cases)('$name reports $reason', async ({ name, reason, manifests }) => {
  const namespace = `store-${name}`;
  const enforce = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  await post('api/v1/namespaces', { metadata: { name: namespace, labels: enforce } });
  for (const [path, manifest] of manifests) await post(path.replace('NS', namespace), manifest);
  await expect
    .poll(async () => diagnose(await viewOf(namespace), WOOCOMMERCE)?.reason, { timeout: 5000, interval: 20 })
    .toBe(reason);
});

async function post(path: string, body: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${simulator.url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

async function viewOf(namespace: string): Promise<StoreObservation> {
  const list = async (group: string, plural: string): Promise<[string, never[]]> => {
    const answer = await fetch(`${simulator.url}/${group}/namespaces/${namespace}/${plural}`);
    return [plural, ((await answer.json()) as { items: never[] }).items];
  };
  const lists = await Promise.all([
    list('api/v1', 'pods'),
    list('api/v1', 'persistentvolumeclaims'),
    list('api/v1', 'events'),
    list('apis/apps/v1', 'deployments'),
    list('apis/apps/v1', 'statefulsets'),
    list('apis/batch/v1', 'jobs'),
  ]);
  const { events = [], ...rest } = Object.fromEntries(lists);
  return viewOfLists({ ...rest, events: events.filter(({ type }) => type === 'Warning') });
}

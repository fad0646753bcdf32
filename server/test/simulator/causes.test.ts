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

const cases: [name: string, reason: string, manifests: Manifest[]][] = [
  ['image-not-found', 'ImageNotFound', [wordpress(failing('image-not-found'))]],
  ['image-unauthorized', 'ImageUnauthorized', [wordpress(failing('image-unauthorized'))]],
  ['image-forbidden', 'ImageUnauthorized', [wordpress(failing('image-forbidden'))]],
  ['image-rate-limited', 'ImageRateLimited', [wordpress(failing('image-rate-limit'))]],
  ['image-registry-broken', 'ImagePullFailed', [wordpress(failing('registry-broken'))]],
  ['image-registry-refuses', 'RegistryUnreachable', [wordpress(failing('registry-refuses'))]],
  ['image-no-such-host', 'RegistryUnreachable', [wordpress(failing('registry-unknown'))]],
  ['image-bad-name', 'ImageNameInvalid', [wordpress({ image: 'UPPER/Case:1' })]],
  ['image-never-pulled', 'ImageNotLoaded', [wordpress({ image: 'absent:1', imagePullPolicy: 'Never' })]],
  ['crash-loop', 'CrashLoop', [wordpress(failing('crash'))]],
  ['crash-once', 'CrashLoop', [wordpress(failing('crash'))]],
  ['init-crash', 'CrashLoop', [wordpress({}, { initContainers: [{ name: 'prepare', ...failing('crash') }] })]],
  ['out-of-memory', 'OutOfMemory', [wordpress(failing('oom'))]],
  ['command-not-found', 'CommandFailed', [wordpress(failing('no-command'))]],
  ['no-cpu', 'Unschedulable', [wordpress({ resources: { requests: { cpu: '99999' } } })]],
  ['no-memory', 'Unschedulable', [wordpress({ resources: { requests: { memory: '90000Ti' } } })]],
  ['no-node-selected', 'Unschedulable', [wordpress({}, { nodeSelector: { disk: 'fast' } })]],
  ['claim-missing', 'Unschedulable', [wordpress(...volume({ persistentVolumeClaim: { claimName: 'none' } }))]],
  ['claim-no-class', 'VolumePending', [mariadb({ storageClassName: 'fast' })]],
  [
    'claim-no-provisioner',
    'VolumePending',
    [
      ['apis/storage.k8s.io/v1/storageclasses', { metadata: { name: 'dead' }, provisioner: 'example.com/none' }],
      mariadb({ storageClassName: 'dead' }),
    ],
  ],
  ['quota-pods', 'QuotaExceeded', [quota({ pods: '0' }), wordpress()]],
  ['quota-memory', 'QuotaExceeded', [quota({ 'limits.memory': '16Mi' }), wordpress(limits('64Mi'))]],
  ['quota-storage', 'QuotaExceeded', [quota({ 'requests.storage': '1Mi' }), mariadb({})]],
  ['quota-no-limit-named', 'QuotaNeedsLimits', [quota({ 'limits.memory': '16Mi' }), wordpress()]],
  [
    'limit-range',
    'LimitExceeded',
    [
      object('limitranges', {
        metadata: { name: 'store' },
        spec: { limits: [{ type: 'Container', max: { memory: '32Mi' } }] },
      }),
      wordpress(limits('64Mi')),
    ],
  ],
  ['pod-security', 'PodSecurity', [wordpress({ securityContext: { privileged: true } })]],
  ['host-port-taken', 'PodSecurity', [wordpress({ ports: [{ containerPort: 80, hostPort: 8123 }] })]],
  ['readiness-failing', 'ProbeFailing', [wordpress(failing('not-ready'))]],
  ['readiness-500', 'ProbeFailing', [wordpress(failing('not-ready'))]],
  ['startup-failing', 'ProbeFailing', [wordpress(failing('not-started'))]],
  ['liveness-failing', 'ProbeFailing', [wordpress(failing('not-live'))]],
  ['secret-missing', 'ConfigMissing', [wordpress(password)]],
  [
    'secret-key-missing',
    'ConfigMissing',
    [object('secrets', { metadata: { name: 'store-credentials' } }), wordpress(password)],
  ],
  ['non-root-refused', 'ConfigMissing', [wordpress({}, { securityContext: { runAsNonRoot: true } })]],
  ['configmap-not-mounted', 'MountFailed', [wordpress(...volume({ configMap: { name: 'setup' } }))]],
  ['setup-failed', 'SetupFailed', [setup(failing('crash'))]],
  ['setup-deadline', 'SetupFailed', [setup(failing('hang'), { activeDeadlineSeconds: 2 })]],
  ['setup-retrying', 'SetupRetrying', [setup(failing('crash'), { backoffLimit: 4 })]],
];

test.each(cases)('%s: %s', async (name, reason, manifests) => {
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

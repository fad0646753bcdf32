/** Protobuf bodies: every kind that kubectl creates from flags. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KubectlCluster, startKubectlCluster } from '../support/kubectl-cluster.ts';

const errors: unknown[] = [];
let cluster: KubectlCluster;

beforeAll(async () => {
  cluster = await startKubectlCluster((error) => errors.push(error));
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  expect(errors).toEqual([]);
});

const kubectl = (...args: string[]): Promise<string> => cluster.kubectl(...args);

interface Written {
  metadata: { annotations?: object; labels?: object; ownerReferences?: { kind: string; controller: boolean }[] };
  spec: Record<string, unknown>;
}

async function written(kind: string, name: string): Promise<Written> {
  return JSON.parse(await kubectl('get', kind, name, '-o', 'json')) as Written;
}

async function created(...args: [kind: string, name: string, ...flags: string[]]): Promise<Written> {
  await kubectl('create', ...args);
  return written(args[0], args[1]);
}

test('creates a quota with its quantities', async () => {
  const { spec } = await created('quota', 'q', '--hard=pods=10,requests.storage=1Gi');
  expect(spec).toEqual({ hard: { pods: '10', 'requests.storage': '1Gi' } });
});

test('creates a deployment with numbers, ports and a strategy', async () => {
  const { spec } = await created('deployment', 'd', '--image=nginx', '--replicas=0', '--port=80');
  expect(spec).toMatchObject({
    replicas: 0,
    selector: { matchLabels: { app: 'd' } },
    strategy: { type: 'RollingUpdate' },
    template: { spec: { containers: [{ image: 'nginx', ports: [{ containerPort: 80, protocol: 'TCP' }] }] } },
  });
});

test('creates services with numeric and named target ports', async () => {
  await kubectl('create', 'service', 'clusterip', 'web', '--tcp=80:http');
  expect((await written('service', 'web')).spec['ports']).toMatchObject([{ port: 80, targetPort: 'http' }]);
  await kubectl('expose', 'deployment', 'd', '--target-port=8080');
  expect((await written('service', 'd')).spec['ports']).toMatchObject([{ port: 80, targetPort: 8080 }]);
});

test('creates a service account, and an ingress with its inlined fields', async () => {
  await created('serviceaccount', 'x');
  const { spec } = await created('ingress', 'i', '--rule=a.test/=web:80');
  expect(spec).toEqual({
    rules: [
      {
        host: 'a.test',
        http: {
          paths: [{ path: '/', pathType: 'Exact', backend: { service: { name: 'web', port: { number: 80 } } } }],
        },
      },
    ],
  });
});

test('creates a job from a cron job with its whole template', async () => {
  const template = {
    volumes: [
      { name: 'v', secret: { secretName: 's', optional: true } },
      { name: 'e', emptyDir: {} },
    ],
    securityContext: { runAsUser: 0, fsGroup: 5 },
    automountServiceAccountToken: false,
    containers: [
      {
        name: 'c',
        image: 'task:1',
        command: ['a', 'b'],
        env: [
          { name: 'PLAIN', value: 'é' },
          { name: 'REF', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
        ],
        resources: { limits: { cpu: '500m' } },
        livenessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 3 },
        volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: true }],
      },
    ],
    restartPolicy: 'Never',
  };
  const cron = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'c' },
    spec: { schedule: '0 0 * * *', jobTemplate: { spec: { backoffLimit: 0, template: { spec: template } } } },
  };
  await kubectl('apply', '-f', cluster.file('cron', cron));
  await kubectl('create', 'job', 'now', '--from=cronjob/c');
  const { metadata, spec } = await written('job', 'now');
  expect(metadata.annotations).toEqual({ 'cronjob.kubernetes.io/instantiate': 'manual' });
  expect(metadata.ownerReferences).toMatchObject([{ kind: 'CronJob', controller: true }]);
  expect(spec).toMatchObject({ backoffLimit: 0, template: { spec: template } });
  await expect.poll(() => kubectl('get', 'job', 'now'), { timeout: 20_000 }).toMatch(/Complete\s+1\/1/);
});

test('reports a kind that is not served as missing', async () => {
  await expect(kubectl('create', 'role', 'r', '--verb=get', '--resource=pods')).rejects.toThrow(/could not find/);
});

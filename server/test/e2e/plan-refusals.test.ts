/** Plans name what the cluster would refuse, in its own words; then helm is let at it, and the cluster does refuse it. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlannedRelease, type Values } from '../support/planned-release.ts';
import { type Simulator, startSimulator } from '../support/simulator.ts';
import { REAL, uniqueName } from '../support/test-cluster.ts';

let simulator: Simulator | undefined;
let release: PlannedRelease;

beforeAll(async () => {
  simulator = REAL ? undefined : await startSimulator({ speed: 0 });
  release = new PlannedRelease(
    simulator?.kubeconfig ?? readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8'),
    uniqueName('ref'),
  );
  await release.open({});
});
afterAll(async () => {
  await release?.[Symbol.asyncDispose]();
  await simulator?.close();
});

const core = (kind: string, name = ''): string => `/api/v1/namespaces/${release.store.namespace}/${kind}/${name}`;
const apps = (kind: string, name: string): string =>
  `/apis/apps/v1/namespaces/${release.store.namespace}/${kind}/${name}`;
const create = async (path: string, body: object): Promise<void> =>
  void (await release.client.json(path, { method: 'POST', body }));

async function remove(path: string): Promise<void> {
  const query = { gracePeriodSeconds: '0' };
  await release.client.json(path, { method: 'DELETE', query }).catch(() => undefined);
  // A volume in use is held by its finalizer.
  const body = { metadata: { finalizers: null } };
  await release.client.json(path, { method: 'PATCH', body }).catch(() => undefined);
  await expect
    .poll(
      () =>
        release.client.json(path).then(
          () => 'there',
          () => 'gone',
        ),
      { timeout: 30_000 },
    )
    .toBe('gone');
}

type Loose = Record<string, unknown> & { metadata: Record<string, unknown>; spec: Record<string, unknown> };

/** Puts another object in the place of one of the release's, as if somebody had made it so. */
async function remake(path: string, change: (object: Loose) => void): Promise<void> {
  const object = await release.client.json<Loose>(path);
  const { name, labels, annotations } = object.metadata;
  const next: Loose = { ...object, metadata: { name, labels, annotations }, status: undefined };
  change(next);
  await remove(path);
  await create(path.slice(0, path.lastIndexOf('/')), next);
}

const quota = (hard: object): object => ({ metadata: { name: 'others' }, spec: { hard } });
const range = (limit: object): object => ({
  metadata: { name: 'others' },
  spec: { limits: [{ type: 'Container', ...limit }] },
});
const withoutQuota = { quota: { enabled: false } };

interface Case {
  name: string;
  /** What is so in the cluster. */
  arrange?: () => Promise<void>;
  values: Values;
  object: string;
  why: RegExp;
  /** What helm says, if not the same. */
  helm?: RegExp;
  /** Only the pods are refused: helm succeeds. */
  pods?: boolean;
  undo?: () => Promise<void>;
}

const CASES: Case[] = [
  {
    name: 'a schedule that no clock has',
    values: { cron: { schedule: '61 * * * *' } },
    object: 'CronJob/cron',
    why: /spec\.schedule: Invalid value: "61 \* \* \* \*"/,
  },
  {
    name: 'a request above its limit',
    values: { wordpress: { resources: { requests: { memory: '2Gi' } } } },
    object: 'Deployment/wordpress',
    why: /resources\.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 768Mi/,
  },
  {
    name: 'a pod larger than the quota',
    values: { wordpress: { resources: { limits: { memory: '9Gi' } } } },
    object: 'Deployment/wordpress',
    why: /would exceed the quota store: limits\.memory .* limited to 4Gi/,
    pods: true,
  },
  {
    name: 'a quota without room for the setup',
    values: { quota: { hard: { 'limits.memory': '1Gi' } } },
    object: 'Job/setup',
    why: /would exceed the quota store: limits\.memory .* limited to 1Gi/,
    pods: true,
  },
  {
    name: "somebody's quota that asks for what the pods don't have",
    arrange: () => create(core('resourcequotas').slice(0, -1), quota({ 'limits.cpu': '8' })),
    values: { size: 'medium' },
    object: 'Job/setup',
    why: /failed quota: others: must specify limits\.cpu/,
    pods: true,
    undo: () => remove(core('resourcequotas', 'others')),
  },
  {
    name: "somebody's quota of Jobs",
    arrange: () => create(core('resourcequotas').slice(0, -1), quota({ 'count/jobs.batch': '0' })),
    values: { size: 'medium' },
    object: 'Job/setup',
    why: /exceeded quota: others, requested: count\/jobs\.batch=1/,
    undo: () => remove(core('resourcequotas', 'others')),
  },
  {
    name: "somebody's largest container",
    arrange: () => create(core('limitranges').slice(0, -1), range({ max: { memory: '640Mi' } })),
    values: withoutQuota,
    object: 'Job/setup',
    why: /maximum memory usage per Container is 640Mi, but limit is 768Mi/,
    pods: true,
    undo: () => remove(core('limitranges', 'others')),
  },
  {
    name: 'a StatefulSet whose service has another name',
    arrange: () => remake(apps('statefulsets', 'mariadb'), ({ spec }) => (spec['serviceName'] = 'other')),
    values: {},
    object: 'StatefulSet/mariadb',
    why: /StatefulSet\.apps "mariadb" is invalid: spec: Forbidden: updates to statefulset spec for fields other than/,
    undo: () => remove(apps('statefulsets', 'mariadb')),
  },
  {
    name: 'a Deployment that selects other pods',
    arrange: () =>
      remake(apps('deployments', 'wordpress'), ({ spec }) => {
        const labels = { other: 'yes' };
        // The template is an object.
        const { metadata, ...template } = spec['template'] as { metadata: { labels: object } };
        spec['selector'] = { matchLabels: labels };
        spec['template'] = { ...template, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } };
      }),
    values: {},
    object: 'Deployment/wordpress',
    why: /Deployment\.apps "wordpress" is invalid: spec\.selector: .*field is immutable/,
    undo: () => remove(apps('deployments', 'wordpress')),
  },
  {
    name: 'a Service with an address, where one without is wanted',
    arrange: () =>
      remake(core('services', 'mariadb'), ({ spec }) => {
        delete spec['clusterIP'];
        delete spec['clusterIPs'];
      }),
    values: {},
    object: 'Service/mariadb',
    why: /Service "mariadb" is invalid: spec\.clusterIPs\[0\]: Invalid value: .*None.*: may not change once set/,
    undo: () => remove(core('services', 'mariadb')),
  },
  {
    name: 'an Ingress of somebody else',
    arrange: () => {
      const rule = { host: 'a.example.com', http: { paths: [] } };
      const path = `/apis/networking.k8s.io/v1/namespaces/${release.store.namespace}/ingresses`;
      const backend = { service: { name: 'theirs', port: { number: 80 } } };
      return create(path, {
        metadata: { name: 'wordpress' },
        spec: { defaultBackend: backend, rules: [{ host: rule.host }] },
      });
    },
    values: { ingress: { enabled: true, host: 'shop.example.com' } },
    object: 'Ingress/wordpress',
    why: /it exists and isn't part of this store's release/,
    helm: /invalid ownership metadata/,
    undo: () => remove(`/apis/networking.k8s.io/v1/namespaces/${release.store.namespace}/ingresses/wordpress`),
  },
  {
    name: 'a volume of another class',
    arrange: () =>
      remake(core('persistentvolumeclaims', 'wordpress-content'), ({ spec }) => {
        spec['accessModes'] = ['ReadWriteMany'];
        spec['storageClassName'] = 'none';
        delete spec['volumeName'];
      }),
    values: {},
    object: 'PersistentVolumeClaim/wordpress-content',
    why: /spec is immutable after creation except resources\.requests/,
    undo: () => remove(core('persistentvolumeclaims', 'wordpress-content')),
  },
];

test.each(CASES)(
  'refuses $name, as the cluster does',
  async ({ arrange, values, object, why, helm, pods, undo }) => {
    await arrange?.();
    try {
      const refused = (await release.judge(values)).filter(({ verdict }) => verdict === 'refused');
      expect(refused.map(({ kind, name }) => `${kind}/${name}`)).toContain(object);
      expect(refused.find(({ kind, name }) => `${kind}/${name}` === object)?.why).toMatch(why);
      if (!pods) return await expect(release.upgrade(values)).rejects.toThrow(helm ?? why);
      await release.upgrade(values);
      const [, name = ''] = object.split('/');
      await expect
        .poll(async () => (await release.refusedPods()).some((text) => text.startsWith(name)), { timeout: 30_000 })
        .toBe(true);
    } finally {
      await undo?.();
      await release.upgrade({});
    }
  },
  120_000,
);

test('the same values refuse nothing', async () => {
  const verdicts = (await release.judge({})).map(({ verdict }) => verdict);
  expect(verdicts).not.toContain('refused');
  expect(verdicts).not.toContain('restarts');
});

import { expect, test } from 'vitest';
import type { ManifestObject } from '../../../kube/applied-object.ts';
import { defaultsOf, findOverQuota, quotasOf, type Sums } from './quota-sums.ts';

function workload(kind: string, name: string, resources: object, spec: object = {}): ManifestObject {
  const template = { spec: { containers: [{ name: 'c', resources }] } };
  const object = { apiVersion: 'apps/v1', kind, metadata: { name }, spec: { template, ...spec } };
  return object;
}

function quota(hard: Record<string, string>): Sums['quotas'] {
  return [{ metadata: { name: 'store' }, spec: { hard } }];
}

const gibibyte = { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } };
const web = workload('Deployment', 'web', gibibyte);
const database = workload('StatefulSet', 'database', gibibyte);
const task = workload('Job', 'task', gibibyte);

function over(sums: Partial<Sums>): string[] {
  const none = { staying: [], making: [], quotas: [], defaults: {} };
  return findOverQuota({ ...none, ...sums }).map(({ object, why }) => `${object.metadata.name}: ${why}`);
}

test('adds up new pods to those that stay, and names the first that does not fit', () => {
  const quotas = quota({ 'limits.memory': '2Gi' });
  expect(over({ staying: [database], making: [web], quotas })).toEqual([]);
  expect(over({ staying: [database], making: [web, task], quotas })).toEqual([
    'task: its pods would exceed the quota store: limits.memory 3072Mi in all, limited to 2Gi',
  ]);
});

test('pods that run stay, however low the quota becomes', () => {
  expect(over({ staying: [web, database], quotas: quota({ 'limits.memory': '1Mi' }) })).toEqual([]);
});

test('what does not fit takes nothing from the others', () => {
  const small = workload('Job', 'small', { limits: { memory: '1Mi' } });
  expect(over({ making: [web, small], quotas: quota({ 'limits.memory': '512Mi' }) })).toEqual([
    expect.stringMatching(/^web: /) as string,
  ]);
});

test('counts replicas, plain names of resources, and pods; no scheduled tasks', () => {
  const many = workload('Deployment', 'many', { requests: { cpu: '100m' } }, { replicas: 3 });
  expect(over({ making: [many], quotas: quota({ cpu: '0.2', pods: '2' }) })).toEqual([
    'many: its pods would exceed the quota store: cpu 300m in all, limited to 0.2; its pods would exceed the quota store: pods 3 in all, limited to 2',
  ]);
  expect(over({ making: [workload('CronJob', 'cron', gibibyte)], quotas: quota({ pods: '0' }) })).toEqual([]);
  expect(
    over({ making: [workload('Deployment', 'off', gibibyte, { replicas: 0 })], quotas: quota({ pods: '0' }) }),
  ).toEqual([]);
});

test('requests default to limits, then to the LimitRange, as the API server fills them in', () => {
  const range: ManifestObject & { spec: object } = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'store' },
    spec: { limits: [{ type: 'Container', default: { memory: '256Mi' }, defaultRequest: { memory: '64Mi' } }] },
  };
  const defaults = defaultsOf([range]);
  const bare = workload('Job', 'bare', {});
  const limited = workload('Job', 'limited', { limits: { memory: '2Gi' } });
  expect(
    over({ making: [bare], defaults, quotas: quota({ 'requests.memory': '64Mi', 'limits.memory': '256Mi' }) }),
  ).toEqual([]);
  expect(over({ making: [bare], defaults, quotas: quota({ 'requests.memory': '63Mi' }) })).toHaveLength(1);
  expect(over({ making: [limited], defaults, quotas: quota({ 'requests.memory': '1Gi' }) })).toHaveLength(1);
  expect(quotasOf([range])).toEqual([]);
});

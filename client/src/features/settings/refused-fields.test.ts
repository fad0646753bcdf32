import type { PlannedObject } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { refusedFields } from './refused-fields.ts';

const object = (kind: string, name: string, why?: string): PlannedObject =>
  why === undefined ? { kind, name, verdict: 'changed', diff: '' } : { kind, name, verdict: 'refused', why, diff: '' };
const value = (path: string): { path: string[] } => ({ path: path.split('/') });

const TITLE = 'store/title';
const MEMORY = 'wordpress/resources/limits/memory';
const REQUEST = 'wordpress/resources/requests/memory';
const CPU = 'wordpress/resources/limits/cpu';
const STRANGER = 'mariadb/resources/limits/memory';

test.each([
  {
    what: 'a pod over its quota: the limit of that object',
    refused: object(
      'Deployment',
      'wordpress',
      'its pods would exceed the quota store: limits.memory 9728Mi in all, limited to 4Gi',
    ),
    changed: [TITLE, CPU, STRANGER, MEMORY],
    fields: [MEMORY],
  },
  {
    what: 'a request above its limit: the request',
    refused: object(
      'Deployment',
      'wordpress',
      'Deployment.apps "wordpress" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "4Gi": must be less than or equal to memory limit of 1Gi',
    ),
    changed: [TITLE, CPU, REQUEST],
    fields: [REQUEST],
  },
  {
    what: 'a schedule that no clock has',
    refused: object('CronJob', 'cron', 'CronJob.batch "cron" is invalid: spec.schedule: Invalid value: "0 25 * * *"'),
    changed: ['size', 'cron/schedule', 'cron/enabled'],
    fields: ['cron/schedule'],
  },
  {
    what: 'fields that never change: all of that object',
    refused: object(
      'StatefulSet',
      'mariadb',
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas'",
    ),
    changed: [TITLE, 'mariadb/storage/storageClass'],
    fields: ['mariadb/storage/storageClass'],
  },
  {
    what: 'a quota without room, when the size is what changed',
    refused: object('Job', 'setup', 'its pods would exceed the quota store: pods 5 in all, limited to 4'),
    changed: [TITLE, 'size'],
    fields: ['size'],
  },
  {
    what: 'whatever it is: the only value that changed',
    refused: object('Service', 'wordpress', 'no'),
    changed: [TITLE],
    fields: [TITLE],
  },
  {
    what: 'a reason about none of them',
    refused: object('Ingress', 'wordpress', 'no'),
    changed: [TITLE, 'size'],
    fields: [],
  },
])('$what', ({ refused, changed, fields }) => {
  const issues = refusedFields({ objects: [object('Service', 'web'), refused], values: changed.map(value) });
  expect(issues.map(({ path }) => path)).toEqual(fields.map((path) => ['values', ...path.split('/')]));
  expect(issues.every(({ message }) => message === refused.why)).toBe(true);
});

test('a plan that nothing refuses has none', () => {
  expect(refusedFields({ objects: [object('Service', 'web')], values: [value(TITLE)] })).toEqual([]);
});

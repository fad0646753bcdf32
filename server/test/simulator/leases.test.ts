/** Leases as a basis for locks: a write with a resource version succeeds only on that version. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../support/simulator.ts';
import { type RawAnswer, type RawApi, rawApi } from '../support/raw-api.ts';

const LEASES = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const APPLY = 'application/apply-patch+yaml';

let simulator: Simulator;
let api: RawApi;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 0 });
  api = rawApi(simulator.kubeconfig);
});
afterAll(() => simulator.close());

const lease = (name: string, holder: string, metadata: object = {}): object => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name, ...metadata },
  spec: { holderIdentity: holder, leaseDurationSeconds: 15, renewTime: '2026-01-01T00:00:00.000000Z' },
});
const create = (name: string, holder: string): Promise<RawAnswer> =>
  api({ method: 'POST', path: LEASES, body: lease(name, holder) });
const versionOf = ({ json }: RawAnswer): string => (json['metadata'] as { resourceVersion: string }).resourceVersion;
const holderOf = async (name: string): Promise<unknown> =>
  ((await api({ path: `${LEASES}/${name}` })).json['spec'] as { holderIdentity: unknown }).holderIdentity;

test('a second create of the same Lease is AlreadyExists', async () => {
  expect(await create('once', 'a')).toMatchObject({ status: 201, json: { kind: 'Lease' } });
  expect(await create('once', 'b')).toMatchObject({ status: 409, json: { reason: 'AlreadyExists' } });
  expect(await holderOf('once')).toBe('a');
});

describe('a write that names a version', () => {
  const writes = [
    {
      form: 'PUT',
      write: (name: string, resourceVersion: string) =>
        api({ method: 'PUT', path: `${LEASES}/${name}`, body: lease(name, 'b', { resourceVersion }) }),
    },
    {
      form: 'merge patch',
      write: (name: string, resourceVersion: string) =>
        api({
          method: 'PATCH',
          path: `${LEASES}/${name}`,
          contentType: MERGE,
          body: { metadata: { resourceVersion }, spec: { holderIdentity: 'b' } },
        }),
    },
    {
      form: 'JSON patch',
      write: (name: string, resourceVersion: string) =>
        api({
          method: 'PATCH',
          path: `${LEASES}/${name}`,
          contentType: JSON_PATCH,
          body: [
            { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
            { op: 'replace', path: '/spec/holderIdentity', value: 'b' },
          ],
        }),
    },
    {
      form: 'apply',
      write: (name: string, resourceVersion: string) =>
        api({
          method: 'PATCH',
          path: `${LEASES}/${name}?fieldManager=test&force=true`,
          contentType: APPLY,
          body: lease(name, 'b', { resourceVersion }),
        }),
    },
  ];
  test.each(writes)('by $form succeeds only on the current version', async ({ form, write }) => {
    const name = form.toLowerCase().replaceAll(' ', '-');
    const first = versionOf(await create(name, 'a'));
    const renewed = { metadata: { resourceVersion: first }, spec: { leaseTransitions: 1 } };
    const second = versionOf(
      await api({ method: 'PATCH', path: `${LEASES}/${name}`, contentType: MERGE, body: renewed }),
    );
    expect(await write(name, first)).toMatchObject({ status: 409, json: { reason: 'Conflict' } });
    expect(await holderOf(name)).toBe('a');
    expect((await write(name, second)).status).toBe(200);
    expect(await holderOf(name)).toBe('b');
  });
});

test('exactly one of many simultaneous writes to a version wins', async () => {
  const resourceVersion = versionOf(await create('contended', 'a'));
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      api({
        method: 'PUT',
        path: `${LEASES}/contended`,
        body: lease('contended', `holder-${index}`, { resourceVersion }),
      }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
});

test('rejects a PUT without a version, which only some kinds allow', async () => {
  await create('unversioned', 'a');
  const answer = await api({ method: 'PUT', path: `${LEASES}/unversioned`, body: lease('unversioned', 'b') });
  expect(answer).toMatchObject({ status: 422, json: { reason: 'Invalid' } });
});

test.each([
  { what: 'milliseconds', renewTime: '2026-01-01T00:00:00.000Z' },
  { what: 'seconds', renewTime: '2026-01-01T00:00:00Z' },
])('rejects a renewTime in $what: exactly six decimals are required', async ({ renewTime }) => {
  const body = { ...lease('times', 'a'), spec: { renewTime } };
  expect(await api({ method: 'POST', path: LEASES, body })).toMatchObject({
    status: 400,
    json: { reason: 'BadRequest' },
  });
});

test.each([
  { field: 'spec.leaseDurationSeconds', spec: { leaseDurationSeconds: 0 } },
  { field: 'spec.leaseTransitions', spec: { leaseTransitions: -1 } },
])('rejects an invalid $field', async ({ field, spec }) => {
  const answer = await api({ method: 'POST', path: LEASES, body: { ...lease('invalid', 'a'), spec } });
  expect(answer).toMatchObject({ status: 422, json: { reason: 'Invalid' } });
  expect(String(answer.json['message'])).toContain(field);
});

test('a watch reports takeovers and releases', async () => {
  await create('watched', 'a');
  const list = await api({ path: `${LEASES}?fieldSelector=metadata.name%3Dwatched` });
  const query = `watch=true&fieldSelector=metadata.name%3Dwatched&resourceVersion=${versionOf(list)}&timeoutSeconds=1`;
  const watching = api({ path: `${LEASES}?${query}` });
  await create('other', 'a');
  const body = { spec: { holderIdentity: 'b' } };
  await api({ method: 'PATCH', path: `${LEASES}/watched`, contentType: MERGE, body });
  await api({ method: 'DELETE', path: `${LEASES}/watched` });
  expect((await watching).lines.map(({ type }) => type)).toEqual(['MODIFIED', 'DELETED']);
});

test('discovery lists the group', async () => {
  const { json } = await api({ path: '/apis/coordination.k8s.io/v1' });
  expect(json['resources']).toMatchObject([{ name: 'leases', kind: 'Lease', namespaced: true }]);
});

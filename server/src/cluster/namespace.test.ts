import { expect, test } from 'vitest';
import type { KubeObject } from '../kube/objects.ts';
import type { StoreSpec } from '../domain/store.ts';
import { WAITING } from '../domain/testing.ts';
import { annotationsOfHeld, namespaceOf, storesOf } from './namespace.ts';

const STORE: StoreSpec = {
  id: 'st_0123456789abcdef',
  name: 'alpha',
  namespace: 'store-alpha',
  engine: 'woocommerce',
  createdBy: 'local',
  createdAt: '2026-01-01T00:00:00.000Z',
  generation: 3,
  desired: 'absent',
  values: { store: { title: 'A' } },
  profile: {},
};
const INSTALLATION = 'in_0123456789abcdef';
const FOUND = { ...STORE, installation: INSTALLATION, held: undefined };
const own = namespaceOf(STORE, { installation: INSTALLATION, podSecurity: 'baseline' }) as KubeObject;

/** The store's namespace with changed metadata; `undefined` removes an annotation. */
function changed(change: {
  name?: string;
  labels?: object;
  annotations?: object;
  creationTimestamp?: string;
}): KubeObject {
  const { metadata } = own;
  return {
    ...own,
    metadata: {
      ...metadata,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...change,
      labels: { ...metadata.labels, ...change.labels },
      annotations: { ...metadata.annotations, ...change.annotations },
    },
  };
}

test('reads back a spec written to a namespace', () => {
  expect(storesOf([own])).toEqual({ stores: [FOUND], skipped: [] });
});

test('reads back that a store is suspended, and that an early version knew one state', () => {
  const suspended = changed({ annotations: { 'shopyard.dev/desired': 'suspended' } });
  expect(storesOf([suspended]).stores).toEqual([{ ...FOUND, desired: 'suspended' }]);
  const early = changed({ annotations: { 'shopyard.dev/desired': undefined } });
  expect(storesOf([early]).stores).toMatchObject([{ desired: 'present' }]);
});

test('reads back a change that waits, and nothing that is none', () => {
  const written = namespaceOf({ ...STORE, waiting: WAITING }, { installation: INSTALLATION, podSecurity: 'baseline' });
  expect(storesOf([written as KubeObject]).stores).toEqual([{ ...FOUND, waiting: WAITING }]);
  for (const text of [
    '',
    '{',
    '[]',
    JSON.stringify({ ...WAITING, id: 'op_1' }),
    JSON.stringify({ ...WAITING, actor: 'a\n' }),
  ])
    expect(storesOf([changed({ annotations: { 'shopyard.dev/waiting': text } })]).stores, text).toEqual([FOUND]);
});

test('reads back the changes of an adoption, and reports a namespace without an installation', () => {
  const held = { generation: 3, url: 'http://alpha.localhost:3000' };
  const adopted = changed({ annotations: annotationsOfHeld({ ...held, desired: 'present' }) });
  expect(storesOf([adopted]).stores).toEqual([{ ...FOUND, desired: 'present', held }]);
  const unlabelled = changed({ labels: { 'shopyard.dev/installation': undefined } });
  expect(storesOf([unlabelled]).stores).toMatchObject([{ installation: 'unknown' }]);
});

test.each([
  { name: 'an invalid generation', annotations: { 'shopyard.dev/held-generation': '1e3' } },
  {
    name: 'an address that runs script',
    annotations: { 'shopyard.dev/held-generation': '1', 'shopyard.dev/held-url': 'javascript:x' },
  },
  {
    name: 'an address with more after it',
    annotations: { 'shopyard.dev/held-generation': '1', 'shopyard.dev/held-url': 'http://a\n---' },
  },
])('rejects $name of a held store', ({ annotations }) => {
  expect(storesOf([changed({ annotations })]).skipped).toHaveLength(1);
});

test.each([
  { name: 'a name that differs from the store', change: { name: 'store-beta' } },
  { name: 'a name outside store-*', change: { name: 'kube-system' } },
  { name: 'an invalid name', change: { name: 'store-A_b', annotations: { 'shopyard.dev/store-name': 'A_b' } } },
  {
    name: 'a name with a line break',
    change: { name: 'store-a\nb', annotations: { 'shopyard.dev/store-name': 'a\nb' } },
  },
  { name: 'a reserved name', change: { name: 'store-api', annotations: { 'shopyard.dev/store-name': 'api' } } },
  { name: 'no name', change: { annotations: { 'shopyard.dev/store-name': undefined } } },
  { name: 'an invalid id', change: { labels: { 'shopyard.dev/store-id': 'st_1' } } },
  { name: 'no engine', change: { annotations: { 'shopyard.dev/engine': undefined } } },
  { name: 'an engine that is not an id', change: { annotations: { 'shopyard.dev/engine': '../magento' } } },
  { name: 'an invalid time', change: { annotations: { 'shopyard.dev/created-at': 'yesterday' } } },
  { name: 'an invalid generation', change: { annotations: { 'shopyard.dev/generation': '1e99' } } },
  { name: 'an unknown desired state', change: { annotations: { 'shopyard.dev/desired': 'gone' } } },
  { name: 'a creator with control characters', change: { annotations: { 'shopyard.dev/created-by': 'a\u001b[2Jb' } } },
])('skips and names a namespace with $name, and finds the others', ({ change }) => {
  const { stores, skipped } = storesOf([changed(change), own]);
  expect(stores).toEqual([FOUND]);
  expect(skipped).toEqual([
    { namespace: changed(change).metadata.name, why: expect.stringMatching(/^[^\n]+$/) as string },
  ]);
});

test('finds a store of an engine that this build lacks', () => {
  const { stores } = storesOf([changed({ annotations: { 'shopyard.dev/engine': 'magento' } })]);
  expect(stores).toMatchObject([{ name: 'alpha', engine: 'magento' }]);
});

test('the older of two namespaces with the same id is the store', () => {
  const beta = { 'shopyard.dev/store-name': 'beta' };
  const younger = changed({ name: 'store-beta', annotations: beta, creationTimestamp: '2026-02-01T00:00:00Z' });
  const { stores, skipped } = storesOf([younger, changed({})]);
  expect(stores.map(({ name }) => name)).toEqual(['alpha']);
  expect(skipped).toEqual([{ namespace: 'store-beta', why: 'its id is that of store-alpha' }]);
});

const DEEP = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;

test.each(['', '[]', 'null', '"text"', '{"store": {"title"', DEEP])(
  'values that are no JSON object (%.20s) are kept, under a key that no chart knows',
  (text) => {
    const { stores } = storesOf([changed({ annotations: { 'shopyard.dev/values': text } })]);
    expect(stores[0]?.values).toEqual({ 'shopyard.dev/values': text });
  },
);

test('a namespace without values means the defaults', () => {
  const { stores } = storesOf([changed({ annotations: { 'shopyard.dev/values': undefined } })]);
  expect(stores[0]?.values).toEqual({});
});

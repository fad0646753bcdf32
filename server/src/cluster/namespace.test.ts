import { expect, test } from 'vitest';
import type { KubeObject } from '../kube/objects.ts';
import { annotationsOfHeld, namespaceOf, type StoreSpec, storesOf } from './namespace.ts';

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

test('reads back the changes of an adoption, and reports a namespace without an installation', () => {
  const held = { generation: 3, url: 'http://alpha.localhost:3000' };
  const adopted = changed({ annotations: annotationsOfHeld(held) });
  expect(storesOf([adopted]).stores).toEqual([{ ...FOUND, desired: 'present', held }]);
  const unlabelled = changed({ labels: { 'shopyard.dev/installation': undefined } });
  expect(storesOf([unlabelled]).stores).toMatchObject([{ installation: 'unknown' }]);
});

test.each([
  ['an invalid generation', { 'shopyard.dev/held-generation': '1e3' }],
  ['an address that runs script', { 'shopyard.dev/held-generation': '1', 'shopyard.dev/held-url': 'javascript:x' }],
  ['an address with more after it', { 'shopyard.dev/held-generation': '1', 'shopyard.dev/held-url': 'http://a\n---' }],
])('rejects %s of a held store', (_what, annotations) => {
  expect(storesOf([changed({ annotations })]).skipped).toHaveLength(1);
});

test.each([
  ['a name that differs from the store', { name: 'store-beta' }],
  ['a name outside store-*', { name: 'kube-system' }],
  ['an invalid name', { name: 'store-A_b', annotations: { 'shopyard.dev/store-name': 'A_b' } }],
  ['a name with a line break', { name: 'store-a\nb', annotations: { 'shopyard.dev/store-name': 'a\nb' } }],
  ['a reserved name', { name: 'store-api', annotations: { 'shopyard.dev/store-name': 'api' } }],
  ['no name', { annotations: { 'shopyard.dev/store-name': undefined } }],
  ['an invalid id', { labels: { 'shopyard.dev/store-id': 'st_1' } }],
  ['no engine', { annotations: { 'shopyard.dev/engine': undefined } }],
  ['an engine that is no id', { annotations: { 'shopyard.dev/engine': '../magento' } }],
  ['an invalid time', { annotations: { 'shopyard.dev/created-at': 'yesterday' } }],
  ['an invalid generation', { annotations: { 'shopyard.dev/generation': '1e99' } }],
  ['an unknown desired state', { annotations: { 'shopyard.dev/desired': 'gone' } }],
  ['a creator with control characters', { annotations: { 'shopyard.dev/created-by': 'a\u001b[2Jb' } }],
])('skips and names a namespace with %s, and finds the others', (_what, change) => {
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

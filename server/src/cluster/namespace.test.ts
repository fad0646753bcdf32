import { expect, test } from 'vitest';
import type { KubeObject } from '../kube/reflector.ts';
import { annotationsOfHeld, namespaceOf, type StoreIdentity, storesOf } from './namespace.ts';

const STORE: StoreIdentity = {
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
const own = namespaceOf(STORE, INSTALLATION) as KubeObject;

/** The store's namespace with some of its metadata changed; `undefined` takes an annotation off. */
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

test('what is written into a namespace is read back', () => {
  expect(storesOf([own])).toEqual({ stores: [FOUND], skipped: [] });
});

test('what an adopter writes over it is read back, and a namespace without an installation says so', () => {
  const held = { generation: 3, url: 'http://alpha.localhost:3000' };
  const adopted = changed({ annotations: annotationsOfHeld(held) });
  expect(storesOf([adopted]).stores).toEqual([{ ...FOUND, desired: 'present', held }]);
  const unlabelled = changed({ labels: { 'shopyard.dev/installation': undefined } });
  expect(storesOf([unlabelled]).stores).toMatchObject([{ installation: 'unknown' }]);
});

test.each([
  ['a generation that is none', { 'shopyard.dev/held-generation': '1e3' }],
  ['an address that runs script', { 'shopyard.dev/held-generation': '1', 'shopyard.dev/held-url': 'javascript:x' }],
  ['an address with more after it', { 'shopyard.dev/held-generation': '1', 'shopyard.dev/held-url': 'http://a\n---' }],
])('%s is not believed of a held store', (_what, annotations) => {
  expect(storesOf([changed({ annotations })]).skipped).toHaveLength(1);
});

test.each([
  ['a namespace that is not named after the store', { name: 'store-beta' }],
  ['a namespace outside store-*', { name: 'kube-system' }],
  ['a name that is none', { name: 'store-A_b', annotations: { 'shopyard.dev/store-name': 'A_b' } }],
  ['a name with a line break', { name: 'store-a\nb', annotations: { 'shopyard.dev/store-name': 'a\nb' } }],
  ['a reserved name', { name: 'store-api', annotations: { 'shopyard.dev/store-name': 'api' } }],
  ['no name', { annotations: { 'shopyard.dev/store-name': undefined } }],
  ['an id that is none', { labels: { 'shopyard.dev/store-id': 'st_1' } }],
  ['an unknown engine', { annotations: { 'shopyard.dev/engine': 'magento' } }],
  ['a time that is none', { annotations: { 'shopyard.dev/created-at': 'yesterday' } }],
  ['a generation that is none', { annotations: { 'shopyard.dev/generation': '1e99' } }],
  ['an unknown wish', { annotations: { 'shopyard.dev/desired': 'gone' } }],
  ['a creator with control characters', { annotations: { 'shopyard.dev/created-by': 'a\u001b[2Jb' } }],
])('%s: it is skipped and named, and the others are found', (_what, change) => {
  const { stores, skipped } = storesOf([changed(change), own]);
  expect(stores).toEqual([FOUND]);
  expect(skipped).toEqual([
    { namespace: changed(change).metadata.name, why: expect.stringMatching(/^[^\n]+$/) as string },
  ]);
});

test('of two namespaces with one id the older one is the store', () => {
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

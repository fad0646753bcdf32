import { expect, test } from 'vitest';
import type { IncomingObject, KubeObject } from '../../objects.ts';
import { serverSideApply, trackUpdate } from './server-side-apply.ts';

const meta = { name: 'web', uid: 'u', resourceVersion: '1', creationTimestamp: '' };
const helm = { name: 'helm', force: false, time: 't' };
const admin = { name: 'admin', force: false, time: 't' };

function deployment(spec: object, labels?: Record<string, string>): IncomingObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...(labels ? { labels } : {}) }, spec };
}

function stored(object: IncomingObject): KubeObject {
  return { ...object, apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...meta, ...object.metadata } };
}

const pod = (...containers: object[]): object => ({ template: { spec: { containers } } });

test('removes fields that a manager no longer applies, but not defaults or fields of others', () => {
  const first = stored(serverSideApply(undefined, deployment({ replicas: 2, paused: true }, { a: '1', b: '2' }), helm));
  const defaulted: KubeObject = { ...first, spec: { ...(first['spec'] as object), strategy: { type: 'Recreate' } } };
  const second = serverSideApply(defaulted, deployment({ replicas: 3 }, { a: '1' }), helm);
  expect(second['spec']).toEqual({ replicas: 3, strategy: { type: 'Recreate' } });
  expect(second.metadata?.labels).toEqual({ a: '1' });
});

test('merges containers, their environment and ports by key', () => {
  const first = stored(
    serverSideApply(
      undefined,
      deployment(
        pod({
          name: 'app',
          image: 'a:1',
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          ports: [{ containerPort: 80 }],
        }),
      ),
      helm,
    ),
  );
  const sidecar = stored(serverSideApply(first, deployment(pod({ name: 'side', image: 's:1' })), admin));
  const third = serverSideApply(
    sidecar,
    deployment(pod({ name: 'app', image: 'a:2', env: [{ name: 'B', value: '3' }], ports: [{ containerPort: 80 }] })),
    helm,
  );
  expect(third['spec']).toEqual(
    pod(
      { name: 'app', image: 'a:2', env: [{ name: 'B', value: '3' }], ports: [{ containerPort: 80 }] },
      { name: 'side', image: 's:1' },
    ),
  );
});

test("rejects another manager's value and names it, shares an equal value, and takes it over by force", () => {
  const live = stored(serverSideApply(undefined, deployment({ replicas: 2 }), admin));
  expect(() => serverSideApply(live, deployment({ replicas: 5 }), helm)).toThrow(
    /^Apply failed with 1 conflict: conflict with "admin": \.spec\.replicas$/,
  );
  const shared = stored(serverSideApply(live, deployment({ replicas: 2 }), helm));
  expect(shared.metadata.managedFields?.map(({ manager }) => manager).toSorted()).toEqual(['admin', 'helm']);
  const forced = serverSideApply(live, deployment({ replicas: 5 }), { ...helm, force: true });
  expect(forced['spec']).toEqual({ replicas: 5 });
  expect(forced.metadata?.managedFields?.map(({ manager }) => manager)).toEqual(['helm']);
});

test('keeps a field of two managers until neither applies it', () => {
  const live = stored(serverSideApply(undefined, deployment({ replicas: 2 }, { a: '1' }), admin));
  const shared = stored(serverSideApply(live, deployment({ replicas: 2 }), helm));
  const released = stored(serverSideApply(shared, deployment({ paused: false }), helm));
  expect(released['spec']).toEqual({ replicas: 2, paused: false });
  const gone = serverSideApply(released, deployment({}, {}), admin);
  expect(gone['spec']).toEqual({ paused: false });
});

test('gives the fields of a plain update to its manager, so a later apply of another value conflicts', () => {
  const live = stored(serverSideApply(undefined, deployment({ replicas: 2 }), helm));
  const scaled = trackUpdate(live, { ...live, spec: { replicas: 4 } }, { ...admin, name: 'kubectl' });
  expect(scaled.metadata.managedFields?.map(({ manager, operation }) => `${manager} ${operation}`)).toContain(
    'kubectl Update',
  );
  expect(() => serverSideApply(scaled, deployment({ replicas: 3 }), helm)).toThrow(
    /conflict with "kubectl" using apps\/v1: \.spec\.replicas/,
  );
});

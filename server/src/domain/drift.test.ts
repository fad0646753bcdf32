import { expect, test } from 'vitest';
import type { StoreObservation } from './observation.ts';
import { driftOf, suspectsOf } from './drift.ts';
import { type Inventory, inventoryOf } from './inventory.ts';
import type { StoreRecord } from './store.ts';
import { readyStore, readyView, WOOCOMMERCE } from './testing.ts';

const NOW = Date.parse('2026-02-02T00:00:00.000Z');
const view = readyView();
const seen: Partial<StoreRecord> = { inventory: inventoryOf(view) };
const without = (name: string): StoreObservation => ({
  ...view,
  objects: view.objects.filter((object) => object.name !== name),
  workloads: view.workloads.filter((workload) => workload.component !== name),
  claims: view.claims.filter((claim) => claim.name !== name),
});
const changedDeployment: StoreObservation = {
  ...view,
  workloads: view.workloads.map((workload) =>
    workload.kind === 'Deployment' ? { ...workload, version: '2' } : workload,
  ),
};
/** The inventory after comparing this `version` of the deployment. */
const compared = (version: string): { inventory: Inventory } => {
  const inventory = inventoryOf(view);
  const drifted = { uid: 'u', version, field: 'spec.replicas' };
  return { inventory: { ...inventory, 'Deployment/wordpress': { uid: 'u', version: '1', drifted } } };
};
const release = view.release && { ...view.release, revision: 2 };
const deployed = (secondsAgo: number): Partial<StoreRecord> => ({
  verifiedRevision: 0,
  conditions: [
    {
      type: 'ReleaseDeployed',
      status: 'True',
      reason: 'Deployed',
      message: '',
      lastTransitionTime: new Date(NOW - secondsAgo * 1000).toISOString(),
    },
  ],
});

test.each<
  [what: string, store: Partial<StoreRecord>, view: StoreObservation, reason: string | undefined, repairable?: boolean]
>([
  ['nothing', seen, view, undefined],
  [
    'a service removed',
    seen,
    { ...view, objects: view.objects.filter(({ kind, name }) => !(kind === 'Service' && name === 'mariadb')) },
    'ObjectMissing',
    true,
  ],
  ['a deployment removed', seen, without('wordpress'), 'ObjectMissing', true],
  ['a deployment with another version', seen, changedDeployment, undefined],
  ['a deployment that differs from the manifest', compared('2'), changedDeployment, 'ObjectChanged', true],
  ['a deployment that differed in an earlier version', compared('3'), changedDeployment, undefined],
  ['the credentials removed', seen, without('store-credentials'), 'CredentialsLost', false],
  [
    'a claim going',
    seen,
    { ...view, claims: view.claims.map((claim) => ({ ...claim, terminating: true })) },
    'VolumeDeleting',
    false,
  ],
  ['a claim gone', seen, without('data-mariadb-0'), 'VolumeLost', false],
  [
    'a claim made anew',
    seen,
    { ...view, claims: view.claims.map((claim) => ({ ...claim, uid: 'other' })) },
    'VolumeLost',
    false,
  ],
  ['a claim gone during an upgrade', seen, { ...without('data-mariadb-0'), release }, 'VolumeLost', false],
  [
    'another revision, of other objects',
    seen,
    { ...without('mariadb'), workloads: view.workloads, release },
    undefined,
  ],
  [
    'all of it, with the namespace',
    seen,
    { ...without('data-mariadb-0'), namespace: view.namespace && { ...view.namespace, uid: 'other' } },
    undefined,
  ],
  ['not seen to work yet', { inventory: undefined }, without('store-credentials'), undefined],
  ['no deployment a moment after the install', deployed(1), without('wordpress'), undefined],
  ['no deployment long after the install', deployed(9), without('wordpress'), 'ObjectMissing', true],
  ['a claim removed before it was seen to work', deployed(9), without('wordpress-content'), 'ObjectMissing', true],
  ['the scripts removed before it was seen to work', deployed(9), without('setup'), 'ObjectMissing', true],
  ['the setup removed before it was through', deployed(9), { ...view, jobs: [] }, 'ObjectMissing', true],
  ['the setup removed when it was through', { ...deployed(9), verifiedRevision: 1 }, { ...view, jobs: [] }, undefined],
  ['the credentials removed before that', deployed(9), without('store-credentials'), 'CredentialsLost', false],
  ['nothing, not seen to work yet', deployed(9), view, undefined],
])('%s', (_what, store, found, reason, repairable) => {
  const drift = driftOf(readyStore(store), found, { engine: WOOCOMMERCE, now: NOW });
  expect([drift?.reason, drift && drift.repairs.length > 0]).toEqual([reason, repairable]);
});

test.each<[what: string, store: Partial<StoreRecord>, view: StoreObservation, suspects: string[]]>([
  ['nothing', seen, view, []],
  ['another version', seen, changedDeployment, ['Deployment/wordpress']],
  ['a version that was compared', compared('2'), changedDeployment, []],
  ['the version after the one that was compared', compared('3'), changedDeployment, ['Deployment/wordpress']],
  ['another revision', seen, { ...changedDeployment, release }, []],
  ['a store that was never seen to work', { inventory: undefined }, changedDeployment, []],
])('suspects after %s', (_what, store, found, suspects) => {
  expect(suspectsOf(readyStore(store), found)).toEqual(suspects);
});

test('names the field that differs', () => {
  expect(driftOf(readyStore(compared('2')), changedDeployment, { engine: WOOCOMMERCE, now: NOW })).toMatchObject({
    message: 'Deployment/wordpress (spec.replicas) was changed from outside; it is being put back.',
    repairs: ['Deployment/wordpress'],
  });
});

test('names the deleted objects, abbreviating a long list', () => {
  const empty = { ...view, objects: view.objects.filter(({ kind }) => kind === 'Secret'), workloads: [] };
  expect(driftOf(readyStore(seen), empty, { engine: WOOCOMMERCE, now: NOW })?.message).toBe(
    'Service/wordpress, Service/mariadb, ConfigMap/setup and 2 more were removed from outside; it is being put back.',
  );
});

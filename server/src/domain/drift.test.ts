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

test.each<{ name: string; store: Partial<StoreRecord>; found: StoreObservation; reason: string; repairable: boolean }>([
  {
    name: 'a Service is missing',
    store: seen,
    found: { ...view, objects: view.objects.filter(({ kind, name }) => !(kind === 'Service' && name === 'mariadb')) },
    reason: 'ObjectMissing',
    repairable: true,
  },
  {
    name: 'a Deployment is missing',
    store: seen,
    found: without('wordpress'),
    reason: 'ObjectMissing',
    repairable: true,
  },
  {
    name: 'a Deployment differs from the manifest',
    store: compared('2'),
    found: changedDeployment,
    reason: 'ObjectChanged',
    repairable: true,
  },
  {
    name: 'the credentials are missing',
    store: seen,
    found: without('store-credentials'),
    reason: 'CredentialsLost',
    repairable: false,
  },
  {
    name: 'a claim is terminating',
    store: seen,
    found: { ...view, claims: view.claims.map((claim) => ({ ...claim, terminating: true })) },
    reason: 'VolumeDeleting',
    repairable: false,
  },
  {
    name: 'a claim is missing',
    store: seen,
    found: without('data-mariadb-0'),
    reason: 'VolumeLost',
    repairable: false,
  },
  {
    name: 'a claim was recreated',
    store: seen,
    found: { ...view, claims: view.claims.map((claim) => ({ ...claim, uid: 'other' })) },
    reason: 'VolumeLost',
    repairable: false,
  },
  {
    name: 'a claim is missing during an upgrade',
    store: seen,
    found: { ...without('data-mariadb-0'), release },
    reason: 'VolumeLost',
    repairable: false,
  },
  {
    name: 'a Deployment is missing long after the install',
    store: deployed(9),
    found: without('wordpress'),
    reason: 'ObjectMissing',
    repairable: true,
  },
  {
    name: 'a claim is missing before the first verification',
    store: deployed(9),
    found: without('wordpress-content'),
    reason: 'ObjectMissing',
    repairable: true,
  },
  {
    name: 'the scripts are missing before the first verification',
    store: deployed(9),
    found: without('setup'),
    reason: 'ObjectMissing',
    repairable: true,
  },
  {
    name: 'the setup Job is missing before it completed',
    store: deployed(9),
    found: { ...view, jobs: [] },
    reason: 'ObjectMissing',
    repairable: true,
  },
  {
    name: 'the credentials are missing before the first verification',
    store: deployed(9),
    found: without('store-credentials'),
    reason: 'CredentialsLost',
    repairable: false,
  },
])('finds $reason when $name', ({ store, found, reason, repairable }) => {
  const drift = driftOf(readyStore(store), found, { engine: WOOCOMMERCE, now: NOW });
  expect([drift?.reason, drift && drift.repairs.length > 0]).toEqual([reason, repairable]);
});

test.each<{ name: string; store: Partial<StoreRecord>; found: StoreObservation }>([
  { name: 'nothing changed', store: seen, found: view },
  { name: 'a Deployment has another version', store: seen, found: changedDeployment },
  { name: 'a Deployment differed in an earlier version', store: compared('3'), found: changedDeployment },
  {
    name: 'another revision has other objects',
    store: seen,
    found: { ...without('mariadb'), workloads: view.workloads, release },
  },
  {
    name: 'the namespace was recreated, with everything in it',
    store: seen,
    found: { ...without('data-mariadb-0'), namespace: view.namespace && { ...view.namespace, uid: 'other' } },
  },
  { name: 'the store was never verified', store: { inventory: undefined }, found: without('store-credentials') },
  { name: 'a Deployment is missing a moment after the install', store: deployed(1), found: without('wordpress') },
  {
    name: 'the setup Job is missing after it completed',
    store: { ...deployed(9), verifiedRevision: 1 },
    found: { ...view, jobs: [] },
  },
  { name: 'nothing is missing before the first verification', store: deployed(9), found: view },
])('finds no drift when $name', ({ store, found }) => {
  expect(driftOf(readyStore(store), found, { engine: WOOCOMMERCE, now: NOW })).toBeUndefined();
});

test.each<{ name: string; store: Partial<StoreRecord>; found: StoreObservation; suspects: string[] }>([
  { name: 'no change', store: seen, found: view, suspects: [] },
  { name: 'a change of version', store: seen, found: changedDeployment, suspects: ['Deployment/wordpress'] },
  { name: 'a change that was compared', store: compared('2'), found: changedDeployment, suspects: [] },
  {
    name: 'a change after the one that was compared',
    store: compared('3'),
    found: changedDeployment,
    suspects: ['Deployment/wordpress'],
  },
  { name: 'another revision', store: seen, found: { ...changedDeployment, release }, suspects: [] },
  {
    name: 'a change in a store that was never verified',
    store: { inventory: undefined },
    found: changedDeployment,
    suspects: [],
  },
])('suspects the right objects after $name', ({ store, found, suspects }) => {
  expect(suspectsOf(readyStore(store), found)).toEqual(suspects);
});

test('names the field that differs', () => {
  expect(driftOf(readyStore(compared('2')), changedDeployment, { engine: WOOCOMMERCE, now: NOW })).toMatchObject({
    message: 'Deployment/wordpress (spec.replicas) was changed from outside and is being restored.',
    repairs: ['Deployment/wordpress'],
  });
});

test('names the deleted objects, abbreviating a long list', () => {
  const empty = { ...view, objects: view.objects.filter(({ kind }) => kind === 'Secret'), workloads: [] };
  expect(driftOf(readyStore(seen), empty, { engine: WOOCOMMERCE, now: NOW })?.message).toBe(
    'Service/wordpress, Service/mariadb, ConfigMap/setup and 2 more were removed from outside and are being restored.',
  );
});

/**
 * What a real cluster (Kubernetes 1.34, containerd) said in each of these cases, recorded a few seconds after it began:
 * the objects are kept in recorded/ as the API server gave them, without managedFields.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { StoreObservation } from '../observation.ts';
import { diagnose } from './diagnose.ts';
import { WOOCOMMERCE } from '../testing.ts';
import { viewOfLists } from './testing.ts';

const RECORDED = fileURLToPath(new URL('./recorded/', import.meta.url));

const viewOf = (name: string): StoreObservation =>
  viewOfLists(JSON.parse(readFileSync(`${RECORDED}${name}.json`, 'utf8')) as Record<string, never[]>);

interface Case {
  name: string;
  reason: string;
  terminal: boolean;
  says: RegExp;
}

const cases: Case[] = [
  {
    name: 'image-not-found',
    reason: 'ImageNotFound',
    terminal: true,
    says: /^Image 127\.0\.0\.1:5005\/missing:1 not found \(container wordpress\)\. Correct wordpress\.image/,
  },
  {
    name: 'image-unauthorized',
    reason: 'ImageUnauthorized',
    terminal: true,
    says: /private:1 can't be pulled: the registry denies access.*imagePullSecrets/,
  },
  { name: 'image-forbidden', reason: 'ImageUnauthorized', terminal: true, says: /forbidden:1/ },
  { name: 'image-rate-limited', reason: 'ImageRateLimited', terminal: false, says: /rate limit is reached/ },
  {
    name: 'image-registry-broken',
    reason: 'ImagePullFailed',
    terminal: false,
    says: /can't be pulled \(container wordpress\): pulling from host .* 500 Internal Server Error\.$/,
  },
  {
    name: 'image-registry-refuses',
    reason: 'RegistryUnreachable',
    terminal: false,
    says: /the node can't reach the registry/,
  },
  { name: 'image-no-such-host', reason: 'RegistryUnreachable', terminal: false, says: /registry\.invalid/ },
  { name: 'image-bad-name', reason: 'ImageNameInvalid', terminal: true, says: /UPPER\/Case:1 has an invalid name/ },
  { name: 'image-never-pulled', reason: 'ImageNotLoaded', terminal: true, says: /absent:1 is not on the node/ },
  {
    name: 'crash-loop',
    reason: 'CrashLoop',
    terminal: false,
    says: /crashed 3 times \(exit code 3\)\. Last output: PHP Fatal error: cannot connect as wordpress with password=\[redacted\]\.$/,
  },
  {
    name: 'crash-once',
    reason: 'CrashLoop',
    terminal: false,
    says: /crashed 2 times \(exit code 139\)\. Last output: Killed by itself\.$/,
  },
  {
    name: 'init-crash',
    reason: 'CrashLoop',
    terminal: false,
    says: /crashed 3 times in its init container prepare \(exit code 1\)\. Last output: .*no space left on device/,
  },
  { name: 'out-of-memory', reason: 'OutOfMemory', terminal: false, says: /Raise wordpress\.resources\.limits\.memory/ },
  {
    name: 'command-not-found',
    reason: 'CommandFailed',
    terminal: true,
    says: /"\/no\/such\/program": stat \/no\/such\/program: no such file/,
  },
  {
    name: 'no-cpu',
    reason: 'Unschedulable',
    terminal: false,
    says: /can't be scheduled: 0\/1 nodes are available: 1 Insufficient cpu\. Free up CPU/,
  },
  { name: 'no-memory', reason: 'Unschedulable', terminal: false, says: /Free up memory on the nodes/ },
  {
    name: 'no-node-selected',
    reason: 'Unschedulable',
    terminal: false,
    says: /didn't match Pod's node affinity\/selector\. Check the nodes/,
  },
  {
    name: 'claim-missing',
    reason: 'Unschedulable',
    terminal: false,
    says: /persistentvolumeclaim "wordpress-content" not found/,
  },
  {
    name: 'claim-no-class',
    reason: 'VolumePending',
    terminal: false,
    says: /data-mariadb-0 has no volume: storageclass\.storage\.k8s\.io "fast" not found/,
  },
  { name: 'claim-no-provisioner', reason: 'VolumePending', terminal: false, says: /its provisioner has not answered/ },
  {
    name: 'quota-pods',
    reason: 'QuotaExceeded',
    terminal: false,
    says: /quota "store" is used up: requested: pods=1, used: pods=0, limited: pods=0\. Raise the quota/,
  },
  { name: 'quota-memory', reason: 'QuotaExceeded', terminal: false, says: /limits\.memory=64Mi/ },
  { name: 'quota-storage', reason: 'QuotaExceeded', terminal: false, says: /requests\.storage=1Gi/ },
  {
    name: 'quota-no-limit-named',
    reason: 'QuotaNeedsLimits',
    terminal: false,
    says: /must specify limits\.memory for: wordpress/,
  },
  {
    name: 'limit-range',
    reason: 'LimitExceeded',
    terminal: false,
    says: /maximum memory usage per Container is 32Mi, but limit is 64Mi/,
  },
  { name: 'pod-security', reason: 'PodSecurity', terminal: false, says: /"baseline:latest": privileged/ },
  { name: 'host-port-taken', reason: 'PodSecurity', terminal: false, says: /hostPort/ },
  {
    name: 'readiness-failing',
    reason: 'ProbeFailing',
    terminal: false,
    says: /is running but not ready: Readiness probe failed: Get .*connection refused/,
  },
  { name: 'readiness-500', reason: 'ProbeFailing', terminal: false, says: /statuscode: 500/ },
  {
    name: 'startup-failing',
    reason: 'ProbeFailing',
    terminal: false,
    says: /has not started yet: Startup probe failed\.$/,
  },
  {
    name: 'liveness-failing',
    reason: 'ProbeFailing',
    terminal: false,
    says: /keeps being restarted.*Liveness probe failed\.$/,
  },
  { name: 'secret-missing', reason: 'ConfigMissing', terminal: false, says: /secret "store-credentials" not found/ },
  { name: 'secret-key-missing', reason: 'ConfigMissing', terminal: false, says: /couldn't find key mariadb-password/ },
  {
    name: 'non-root-refused',
    reason: 'ConfigMissing',
    terminal: false,
    says: /runAsNonRoot and image will run as root/,
  },
  { name: 'configmap-not-mounted', reason: 'MountFailed', terminal: false, says: /configmap "setup" not found/ },
  {
    name: 'setup-failed',
    reason: 'SetupFailed',
    terminal: true,
    says: /at the step "unpack": .*can not be downloaded.*Fix the cause, then retry\.$/,
  },
  { name: 'setup-deadline', reason: 'SetupFailed', terminal: true, says: /active longer than specified deadline/ },
  {
    name: 'setup-retrying',
    reason: 'SetupRetrying',
    terminal: false,
    says: /the database does not answer\. It is retried automatically/,
  },
];

test.each(cases)('reports $reason for the recording $name', ({ name, reason, terminal, says }) => {
  const diagnosis = diagnose(viewOf(name), WOOCOMMERCE);
  expect(diagnosis).toMatchObject({ reason, terminal });
  expect(diagnosis?.message).toMatch(says);
  expect(diagnosis?.message).not.toContain('hunter2');
});

test.each([
  { name: 'out-of-memory', reason: 'OutOfMemory', says: /^wordpress was killed because it exceeded its memory limit/ },
  { name: 'crash-loop', reason: 'CrashLoop', says: /^wordpress crashed 3 times/ },
])('reports $reason rather than SetupFailed when the setup gave up meanwhile', ({ name, reason, says }) => {
  const [cause, failed] = [viewOf(name), viewOf('setup-failed')];
  const both = { ...failed, pods: [...failed.pods, ...cause.pods], workloads: cause.workloads };
  const diagnosis = diagnose(both, WOOCOMMERCE);
  expect(diagnosis).toMatchObject({ reason, terminal: true });
  expect(diagnosis?.message).toMatch(says);
  expect(diagnosis?.message).toMatch(/The setup failed because of this: fix it, then retry\.$/);
});

test('reports OutOfMemory for a setup that was itself killed until it gave up', () => {
  const [killed, failed] = [viewOf('out-of-memory'), viewOf('setup-failed')];
  const pods = killed.pods.map((pod) => ({
    ...pod,
    component: 'setup',
    phase: 'Failed',
    containers: pod.containers.map((container) => ({ ...container, name: 'setup' })),
  }));
  const diagnosis = diagnose({ ...failed, pods }, WOOCOMMERCE);
  expect(diagnosis).toMatchObject({ reason: 'OutOfMemory', terminal: true });
  expect(diagnosis?.message).toMatch(/^setup was killed .*Raise setup\.resources\.limits\.memory\./);
});

test('every recording is in the table', () => {
  const files = readdirSync(RECORDED)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace('.json', ''));
  expect(cases.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
});

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

const cases: [name: string, reason: string, terminal: boolean, says: RegExp][] = [
  [
    'image-not-found',
    'ImageNotFound',
    true,
    /^wordpress: 127\.0\.0\.1:5005\/missing:1 does not exist\. Correct wordpress\.image/,
  ],
  ['image-unauthorized', 'ImageUnauthorized', true, /private:1 may not be pulled.*imagePullSecrets/],
  ['image-forbidden', 'ImageUnauthorized', true, /forbidden:1/],
  ['image-rate-limited', 'ImageRateLimited', false, /limits pulls/],
  ['image-registry-broken', 'ImagePullFailed', false, /500 Internal Server Error/],
  ['image-registry-refuses', 'RegistryUnreachable', false, /can't be reached/],
  ['image-no-such-host', 'RegistryUnreachable', false, /registry\.invalid/],
  ['image-bad-name', 'ImageNameInvalid', true, /UPPER\/Case:1 is no name of an image/],
  ['image-never-pulled', 'ImageNotLoaded', true, /absent:1 is not on the node/],
  [
    'crash-loop',
    'CrashLoop',
    false,
    /exit code 3.*saying: PHP Fatal error: cannot connect as wordpress with password=\[redacted\]\.$/,
  ],
  ['crash-once', 'CrashLoop', false, /exit code 139, saying: Killed by itself/],
  ['init-crash', 'CrashLoop', false, /\(prepare\) ended with exit code 1.*no space left on device/],
  ['out-of-memory', 'OutOfMemory', false, /Raise wordpress\.resources\.limits\.memory/],
  ['command-not-found', 'CommandFailed', true, /"\/no\/such\/program": stat \/no\/such\/program: no such file/],
  ['no-cpu', 'Unschedulable', false, /fits on no node: 0\/1 nodes are available: 1 Insufficient cpu\. Free cpu/],
  ['no-memory', 'Unschedulable', false, /Free memory on the nodes/],
  ['no-node-selected', 'Unschedulable', false, /didn't match Pod's node affinity\/selector\. Check nodes/],
  ['claim-missing', 'Unschedulable', false, /persistentvolumeclaim "wordpress-content" not found/],
  ['claim-no-class', 'VolumePending', false, /data-mariadb-0: storageclass\.storage\.k8s\.io "fast" not found/],
  ['claim-no-provisioner', 'VolumePending', false, /its provisioner has not answered/],
  ['quota-pods', 'QuotaExceeded', false, /requested: pods=1, used: pods=0, limited: pods=0\. Raise the quota/],
  ['quota-memory', 'QuotaExceeded', false, /limits\.memory=64Mi/],
  ['quota-storage', 'QuotaExceeded', false, /requests\.storage=1Gi/],
  ['quota-no-limit-named', 'QuotaNeedsLimits', false, /must specify limits\.memory for: wordpress/],
  ['limit-range', 'LimitExceeded', false, /maximum memory usage per Container is 32Mi, but limit is 64Mi/],
  ['pod-security', 'PodSecurity', false, /"baseline:latest": privileged/],
  ['host-port-taken', 'PodSecurity', false, /hostPort/],
  [
    'readiness-failing',
    'ProbeFailing',
    false,
    /runs but is not ready: Readiness probe failed: Get .*connection refused/,
  ],
  ['readiness-500', 'ProbeFailing', false, /statuscode: 500/],
  ['startup-failing', 'ProbeFailing', false, /has not started up yet: Startup probe failed/],
  ['liveness-failing', 'ProbeFailing', false, /keeps being killed.*Liveness probe failed/],
  ['secret-missing', 'ConfigMissing', false, /secret "store-credentials" not found/],
  ['secret-key-missing', 'ConfigMissing', false, /couldn't find key mariadb-password/],
  ['non-root-refused', 'ConfigMissing', false, /runAsNonRoot and image will run as root/],
  ['configmap-not-mounted', 'MountFailed', false, /configmap "setup" not found/],
  ['setup-failed', 'SetupFailed', true, /at the step "unpack": .*can not be downloaded.*Fix that, then Retry/],
  ['setup-deadline', 'SetupFailed', true, /active longer than specified deadline/],
  ['setup-retrying', 'SetupRetrying', false, /the database does not answer\)\. It is retried automatically/],
];

test.each(cases)('%s: %s', (name, reason, terminal, says) => {
  const diagnosis = diagnose(viewOf(name), WOOCOMMERCE);
  expect(diagnosis).toMatchObject({ reason, terminal });
  expect(diagnosis?.message).toMatch(says);
  expect(diagnosis?.message).not.toContain('hunter2');
});

test('every recording is in the table', () => {
  const files = readdirSync(RECORDED).map((file) => file.replace('.json', ''));
  expect(cases.map(([name]) => name).toSorted()).toEqual(files.toSorted());
});

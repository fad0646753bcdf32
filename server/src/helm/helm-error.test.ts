import { expect, test } from 'vitest';
import { helmErrorOf } from './helm-error.ts';

/** Each as helm 4.1.4 printed it. */
test.each([
  ['Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress', 'operation-pending'],
  [
    "Error: values don't meet the specifications of the schema(s) in the following chart(s):\nstore:\n- at '/wordpress': additional properties 'x' not allowed",
    'invalid-values',
  ],
  [
    'Error: unable to continue with install: ConfigMap "setup" in namespace "t1" exists and cannot be imported into the current release: invalid ownership metadata',
    'ownership',
  ],
  ['Error: pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0', 'quota'],
  [
    'Error: secrets is forbidden: User "system:serviceaccount:a:b" cannot list resource "secrets" in API group "" in the namespace "x"',
    'forbidden',
  ],
  [
    'Error: secrets "sh.helm.release.v1.a.v1" is forbidden: unable to create new content in namespace x because it is being terminated',
    'namespace-terminating',
  ],
  ['Error: create: failed to create: namespaces "x" not found', 'namespace-missing'],
  [
    'Error: kubernetes cluster unreachable: Get "http://127.0.0.1:1/version": dial tcp 127.0.0.1:1: connect: connection refused',
    'unreachable',
  ],
  [
    'Error: UPGRADE FAILED: Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: Post "https://kyverno-svc.kyverno.svc:443/validate": dial tcp 10.96.0.9:443: connect: connection refused',
    'webhook-unreachable',
  ],
  [
    'Error: UPGRADE FAILED: Internal error occurred: failed calling webhook "mutate.example.com": failed to call webhook: Post "https://m.example.svc:443/": context deadline exceeded',
    'webhook-unreachable',
  ],
  ['Error: uninstall: Release not loaded: x: release: not found', 'not-found'],
  ['Error: Deployment.apps "wordpress" is invalid: spec.replicas: Invalid value: -1', 'invalid-object'],
  [
    "Error: UPGRADE FAILED: cannot patch \"mariadb\" with kind StatefulSet: StatefulSet.apps \"mariadb\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    'immutable',
  ],
  [
    'Error: persistentvolumeclaims "wordpress-content" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    'immutable',
  ],
  [
    'Error: PersistentVolumeClaim "wordpress-content" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    'immutable',
  ],
  [
    'Error: PersistentVolumeClaim "wordpress-content" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    'immutable',
  ],
  ['Error: Job.batch "setup-1" is invalid: spec.template: Invalid value: {}: field is immutable', 'immutable'],
  [
    'Error: Service "wordpress" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    'immutable',
  ],
  [
    'Error: pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
    'refused',
  ],
  ['Error: admission webhook "policy.example.com" denied the request: no', 'refused'],
  ['Error: something new', 'other'],
  ['', 'other'],
])('%.60s is %s', (stderr, kind) => {
  expect(helmErrorOf(stderr).kind).toBe(kind);
});

test.each([
  { helm: 'helm 4', note: 'level=INFO msg="found symbolic link in path" path=/charts/a resolved=/charts/b' },
  { helm: 'helm 3', note: 'walk.go:75: found symbolic link in path: /charts/a resolves to /charts/b.' },
])('leaves out the note of $helm that it follows a symbolic link', ({ note }) => {
  expect(helmErrorOf(`${note}\nError: no luck\n`).message).toBe('no luck');
});

test("the message is helm's own, without prefix and warnings", () => {
  expect(helmErrorOf('WARNING: Kubernetes configuration file is group-readable\nError: no luck\n').message).toBe(
    'no luck',
  );
});

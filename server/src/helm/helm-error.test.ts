import { expect, test } from 'vitest';
import { helmErrorOf } from './helm-error.ts';

/** Each as helm 4.1.4 printed it. */
test.each([
  {
    name: 'an operation in progress',
    stderr: 'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
    kind: 'operation-pending',
  },
  {
    name: 'values that the schema rejects',
    stderr:
      "Error: values don't meet the specifications of the schema(s) in the following chart(s):\nstore:\n- at '/wordpress': additional properties 'x' not allowed",
    kind: 'invalid-values',
  },
  {
    name: 'an object that another release owns',
    stderr:
      'Error: unable to continue with install: ConfigMap "setup" in namespace "t1" exists and cannot be imported into the current release: invalid ownership metadata',
    kind: 'ownership',
  },
  {
    name: 'an exceeded quota',
    stderr: 'Error: pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0',
    kind: 'quota',
  },
  {
    name: 'a missing permission',
    stderr:
      'Error: secrets is forbidden: User "system:serviceaccount:a:b" cannot list resource "secrets" in API group "" in the namespace "x"',
    kind: 'forbidden',
  },
  {
    name: 'a terminating namespace',
    stderr:
      'Error: secrets "sh.helm.release.v1.a.v1" is forbidden: unable to create new content in namespace x because it is being terminated',
    kind: 'namespace-terminating',
  },
  {
    name: 'a missing namespace',
    stderr: 'Error: create: failed to create: namespaces "x" not found',
    kind: 'namespace-missing',
  },
  {
    name: 'an unreachable cluster',
    stderr:
      'Error: kubernetes cluster unreachable: Get "http://127.0.0.1:1/version": dial tcp 127.0.0.1:1: connect: connection refused',
    kind: 'unreachable',
  },
  {
    name: 'a webhook that refuses connections',
    stderr:
      'Error: UPGRADE FAILED: Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: Post "https://kyverno-svc.kyverno.svc:443/validate": dial tcp 10.96.0.9:443: connect: connection refused',
    kind: 'webhook-unreachable',
  },
  {
    name: 'a webhook that does not answer',
    stderr:
      'Error: UPGRADE FAILED: Internal error occurred: failed calling webhook "mutate.example.com": failed to call webhook: Post "https://m.example.svc:443/": context deadline exceeded',
    kind: 'webhook-unreachable',
  },
  {
    name: 'a missing release',
    stderr: 'Error: uninstall: Release not loaded: x: release: not found',
    kind: 'not-found',
  },
  {
    name: 'an invalid object',
    stderr: 'Error: Deployment.apps "wordpress" is invalid: spec.replicas: Invalid value: -1',
    kind: 'invalid-object',
  },
  {
    name: 'a change of an immutable StatefulSet field',
    stderr:
      "Error: UPGRADE FAILED: cannot patch \"mariadb\" with kind StatefulSet: StatefulSet.apps \"mariadb\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    kind: 'immutable',
  },
  {
    name: 'a storage class without expansion',
    stderr:
      'Error: persistentvolumeclaims "wordpress-content" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    kind: 'immutable',
  },
  {
    name: 'a smaller claim',
    stderr:
      'Error: PersistentVolumeClaim "wordpress-content" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    kind: 'immutable',
  },
  {
    name: 'a change of an immutable claim field',
    stderr:
      'Error: PersistentVolumeClaim "wordpress-content" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    kind: 'immutable',
  },
  {
    name: 'a change of an immutable Job field',
    stderr: 'Error: Job.batch "setup-1" is invalid: spec.template: Invalid value: {}: field is immutable',
    kind: 'immutable',
  },
  {
    name: 'a change of an immutable Service field',
    stderr:
      'Error: Service "wordpress" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    kind: 'immutable',
  },
  {
    name: 'a violation of Pod Security',
    stderr: 'Error: pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
    kind: 'refused',
  },
  {
    name: 'a webhook that denies the request',
    stderr: 'Error: admission webhook "policy.example.com" denied the request: no',
    kind: 'refused',
  },
  { name: 'an unknown error', stderr: 'Error: something new', kind: 'other' },
  { name: 'no output', stderr: '', kind: 'other' },
])('recognizes $name as $kind', ({ stderr, kind }) => {
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

import { expect, test } from 'vitest';
import type { ObservedClaim, ObservedContainer, ObservedPod, StoreObservation } from '../observation.ts';
import { WOOCOMMERCE } from '../testing.ts';
import { diagnose as diagnoseStore } from './diagnose.ts';
import { viewOfLists } from './testing.ts';

const of = { storeId: 's', namespace: 'store-a' };
const diagnose = (view: StoreObservation): ReturnType<typeof diagnoseStore> => diagnoseStore(view, WOOCOMMERCE);
const EMPTY = viewOfLists({});

function pod(component: string, change: Partial<ObservedPod> = {}): ObservedPod {
  return {
    ...of,
    name: `${component}-0`,
    component,
    createdAt: '',
    phase: 'Pending',
    ready: false,
    terminating: false,
    containers: [],
    ...change,
  };
}

function container(change: Partial<ObservedContainer>): ObservedContainer {
  return { name: 'c', init: false, state: 'running', ready: false, restarts: 0, ...change };
}

const waiting = (reason: string, message: string): ObservedPod =>
  pod('wordpress', { containers: [container({ waiting: { reason, message } })] });
const ended = (reason: string, exitCode: number, restarts: number): ObservedPod =>
  pod('wordpress', {
    containers: [
      container({
        restarts,
        waiting: { reason: 'CrashLoopBackOff', message: '' },
        terminated: { reason, exitCode, message: '' },
      }),
    ],
  });
const warning = (change: object): StoreObservation['warnings'][number] => ({
  namespace: 'store-a',
  kind: 'Pod',
  object: 'wordpress-0',
  reason: '',
  message: '',
  at: '',
  ...change,
});
const unready = {
  ...of,
  uid: 'u',
  version: '1',
  kind: 'Deployment',
  name: 'wordpress',
  component: 'wordpress',
  desired: 1,
  ready: false,
} as const;

/** Messages as a kubelet, a scheduler and an API server of Kubernetes 1.34 worded them. */
const claim = (phase: string): ObservedClaim => ({
  ...of,
  uid: 'u',
  version: '',
  kind: 'PersistentVolumeClaim',
  name: 'data-mariadb-0',
  phase,
  capacity: '2Gi',
  terminating: false,
});

const PULL_401 =
  'failed to pull and unpack image "127.0.0.1:5006/wp:1": failed to resolve reference "127.0.0.1:5006/wp:1": unexpected status from HEAD request to http://127.0.0.1:5006/v2/wp/manifests/1: 401 Unauthorized';
const NO_SECRET = {
  reason: 'FailedToRetrieveImagePullSecret',
  message: 'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.',
};
const setupPod = (sidecar: Partial<ObservedContainer>): ObservedPod =>
  pod('setup', {
    phase: 'Running',
    containers: [
      container({ name: 'setup', state: 'terminated', terminated: { reason: 'Completed', exitCode: 0, message: '' } }),
      container({ name: 'istio-proxy', ready: true, ...sidecar }),
    ],
  });

test('tells how far the embedded cluster is with what it installs', () => {
  const said = 'Medusa is being installed, once (packages: 300 of 1065)';
  const found = diagnose({ ...EMPTY, pods: [waiting('ContainerCreating', said)] });
  expect(found).toMatchObject({ reason: 'InstallingEngine', message: `${said}.` });
  expect(diagnose({ ...EMPTY, pods: [waiting('ContainerCreating', '')] })).toBeUndefined();
});

test.each(['', 'Back-off pulling image "shopyard-medusa:2": ErrImagePull: '])(
  'tells why it could not be installed, with the remedy: %s',
  (begin) => {
    const said = "Medusa can't be installed: the disk is full. Free 1 GB, then retry.";
    const found = diagnose({ ...EMPTY, pods: [waiting(begin ? 'ImagePullBackOff' : 'ErrImagePull', begin + said)] });
    expect(found).toMatchObject({ reason: 'EngineNotInstalled', message: said });
  },
);

test('names a missing pull secret and its namespace', () => {
  const found = diagnose({ ...EMPTY, pods: [waiting('ErrImagePull', PULL_401)], warnings: [warning(NO_SECRET)] });
  expect(found).toMatchObject({ reason: 'PullSecretMissing', terminal: false });
  expect(found?.message).toMatch(/the namespace store-a has no pull secret regcred .*Create it there/);
});

test('a failed mount is over once a container of its pod has started, though its event remains', () => {
  const late = warning({ reason: 'FailedMount', message: 'failed to sync configmap cache: timed out' });
  const seen = (change: Partial<ObservedContainer>): StoreObservation => ({
    ...EMPTY,
    pods: [pod('wordpress', { containers: [container(change)] })],
    warnings: [late],
  });
  const creating = { state: 'waiting', waiting: { reason: 'ContainerCreating', message: '' } } as const;
  expect(diagnose(seen(creating))).toMatchObject({ reason: 'MountFailed' });
  expect(diagnose(seen({ state: 'running' }))).toBeUndefined();
  expect(
    diagnose(seen({ ...creating, terminated: { reason: 'Completed', exitCode: 0, message: '' } })),
  ).toBeUndefined();
});

test('ignores a missing pull secret if the registry is unreachable', () => {
  const message = 'dial tcp: lookup registry.invalid: no such host';
  const found = diagnose({ ...EMPTY, pods: [waiting('ErrImagePull', message)], warnings: [warning(NO_SECRET)] });
  expect(found?.reason).toBe('RegistryUnreachable');
});

test('names an injected container that keeps the setup running, with the remedy', () => {
  const found = diagnose({ ...EMPTY, pods: [setupPod({})] });
  expect(found).toMatchObject({ reason: 'SidecarRunning', terminal: false });
  expect(found?.message).toMatch(
    /istio-proxy, which was added from outside, keeps its Job running.*setup\.podAnnotations/,
  );
});

test('names the step of a setup that failed amid work that it counts', () => {
  const message = 'setup: migrate 1 of 2\nsetup: migrate 2 of 2\nsetup: the update failed\n';
  const terminated = { reason: 'Error', exitCode: 1, message };
  const job = { ...of, name: 'setup-1', component: 'setup', state: 'failed', message: '' } as const;
  const pods = [pod('setup', { phase: 'Failed', containers: [container({ name: 'setup', terminated })] })];
  // The kubelet keeps the end of a long log, without the line that began the step.
  const found = diagnose({ ...EMPTY, jobs: [job], pods });
  expect(found?.message).toMatch(/failed at the step "migrate": .*the update failed/);
});

test.each([
  { what: 'one that ends with it', sidecar: { state: 'terminated' as const } },
  { what: 'one that the kubelet ends, as it is among the init containers', sidecar: { init: true } },
])('ignores a sidecar that keeps no Job running: $what', ({ sidecar }) => {
  expect(diagnose({ ...EMPTY, pods: [setupPod(sidecar)] })).toBeUndefined();
});

test.each<{ name: string; view: Partial<StoreObservation>; reason: string; terminal: boolean }>([
  {
    name: 'a tag that does not exist',
    view: {
      pods: [
        waiting(
          'ErrImagePull',
          'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/wordpress:nope": failed to resolve reference "docker.io/library/wordpress:nope": docker.io/library/wordpress:nope: not found',
        ),
      ],
    },
    reason: 'ImageNotFound',
    terminal: true,
  },
  {
    name: 'a registry that requires a login',
    view: {
      pods: [
        waiting(
          'ImagePullBackOff',
          'Back-off pulling image "private/x": ErrImagePull: failed to authorize: 401 Unauthorized',
        ),
      ],
    },
    reason: 'ImageUnauthorized',
    terminal: true,
  },
  {
    name: 'a registry that limits pulls',
    view: {
      pods: [waiting('ErrImagePull', 'httpReadSeeker: unexpected status code 429 Too Many Requests: toomanyrequests')],
    },
    reason: 'ImageRateLimited',
    terminal: false,
  },
  {
    name: 'an unreachable registry',
    view: {
      pods: [waiting('ErrImagePull', 'failed to pull image "x.test/y:1": dial tcp: lookup x.test: no such host')],
    },
    reason: 'RegistryUnreachable',
    terminal: false,
  },
  {
    name: 'a missing Secret',
    view: { pods: [waiting('CreateContainerConfigError', 'secret "store-credentials" not found')] },
    reason: 'ConfigMissing',
    terminal: false,
  },
  { name: 'a few crashes', view: { pods: [ended('Error', 1, 2)] }, reason: 'CrashLoop', terminal: false },
  { name: 'repeated crashes', view: { pods: [ended('Error', 1, 5)] }, reason: 'CrashLoop', terminal: true },
  {
    name: 'a container killed for its memory',
    view: { pods: [ended('OOMKilled', 137, 1)] },
    reason: 'OutOfMemory',
    terminal: false,
  },
  {
    name: 'nodes without enough memory',
    view: {
      pods: [
        pod('mariadb', {
          unschedulable: '0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available.',
        }),
      ],
    },
    reason: 'Unschedulable',
    terminal: false,
  },
  {
    name: 'a failing probe',
    view: {
      pods: [pod('wordpress', { phase: 'Running', containers: [container({})] })],
      warnings: [
        warning({ reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 500' }),
      ],
    },
    reason: 'ProbeFailing',
    terminal: false,
  },
  {
    name: 'a setup Job that gave up',
    view: {
      jobs: [
        {
          ...of,
          name: 'setup-1',
          component: 'setup',
          state: 'failed',
          message: 'Job has reached the specified backoff limit',
        },
      ],
    },
    reason: 'SetupFailed',
    terminal: true,
  },
  {
    name: 'a quota that prevents the first pod',
    view: {
      workloads: [unready],
      warnings: [
        warning({
          kind: 'ReplicaSet',
          object: 'wordpress-5d9c',
          reason: 'FailedCreate',
          message:
            'Error creating: pods "wordpress-5d9c-" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
        }),
      ],
    },
    reason: 'QuotaExceeded',
    terminal: false,
  },
  ...[
    'is forbidden: [minimum cpu usage per Container is 3, but request is 100m, minimum memory usage per Container is 6Gi, but request is 256Mi]',
    'is forbidden: cpu max limit to request ratio per Container is 2, but provided ratio is 10.000000',
  ].map((why) => ({
    name: `a LimitRange: ${why.slice(14, 40)}`,
    view: {
      workloads: [unready],
      warnings: [
        warning({
          kind: 'ReplicaSet',
          object: 'wordpress-5d9c',
          reason: 'FailedCreate',
          message: `Error creating: pods "wordpress-5d9c-" ${why}`,
        }),
      ],
    },
    reason: 'LimitExceeded',
    terminal: false,
  })),
  {
    name: 'a storage class that does not exist',
    view: {
      claims: [claim('Pending')],
      warnings: [
        warning({
          kind: 'PersistentVolumeClaim',
          object: 'data-mariadb-0',
          reason: 'ProvisioningFailed',
          message: 'storageclass.storage.k8s.io "fast" not found',
        }),
      ],
    },
    reason: 'VolumePending',
    terminal: false,
  },
  { name: 'a lost volume', view: { claims: [claim('Lost')] }, reason: 'VolumeLost', terminal: true },
])('reports $reason for $name', ({ view, reason, terminal }) => {
  expect(diagnose({ ...EMPTY, ...view })).toMatchObject({ reason, terminal });
});

test.each<{ name: string; view: Partial<StoreObservation> }>([
  { name: 'an empty namespace', view: {} },
  { name: 'containers that are being created', view: { pods: [waiting('ContainerCreating', '')] } },
  {
    name: 'a setup pod that waits until WordPress has a node',
    view: {
      pods: [pod('setup', { unschedulable: "0/1 nodes are available: 1 node(s) didn't match pod affinity rules." })],
    },
  },
  { name: 'a terminating pod', view: { pods: [{ ...ended('Error', 1, 9), terminating: true }] } },
  {
    name: 'a rejection of the pod before the one that is starting',
    view: {
      workloads: [unready],
      pods: [waiting('ContainerCreating', '')],
      warnings: [
        warning({ kind: 'ReplicaSet', object: 'wordpress-5d9c', reason: 'FailedCreate', message: 'exceeded quota: q' }),
      ],
    },
  },
  {
    name: 'a rejection that is over',
    view: {
      workloads: [{ ...unready, ready: true }],
      warnings: [
        warning({ kind: 'ReplicaSet', object: 'wordpress-5d9c', reason: 'FailedCreate', message: 'exceeded quota: q' }),
      ],
    },
  },
])('finds no failure for $name', ({ view }) => {
  expect(diagnose({ ...EMPTY, ...view })).toBeUndefined();
});

test('the remedy for the setup names the values it is made from', () => {
  const setup = pod('setup', {
    containers: [container({ waiting: { reason: 'ErrImagePull', message: 'image "wordpress:nope": not found' } })],
  });
  expect(diagnose({ ...EMPTY, pods: [setup] })?.message).toContain('wordpress.image');
});

test('reports a terminal cause before a transient one', () => {
  expect(diagnose({ ...EMPTY, pods: [ended('Error', 1, 1), waiting('ErrImagePull', 'x: not found')] })?.reason).toBe(
    'ImageNotFound',
  );
});

test('reports WordPress, not setup, when both fail for the same reason', () => {
  const [setup, wordpress] = ['setup', 'wordpress'].map((component) => ({
    ...waiting('ErrImagePull', 'failed to pull image "w:1": not found'),
    component,
  }));
  const pods = [setup, wordpress].filter((pod) => pod !== undefined);
  expect(diagnose({ ...EMPTY, pods })?.message).toMatch(/^Image w:1 not found \(container wordpress\)/);
});

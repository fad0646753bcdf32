/**
 * Replaces Helm with a few requests: a release is a record, a set, a deployment, a setup, a claim and two services.
 * When stopped or killed it leaves the same state as the real one. Logs the start and end of operations on standard
 * error.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from 'undici';
import { COMPONENT_LABEL, STORE_ID_LABEL } from '../../src/domain/labels.ts';
import type { Helm, Release } from '../../src/helm/helm.ts';
import { HelmError } from '../../src/helm/helm-error.ts';

interface Record_ {
  metadata: { name: string; labels: Record<string, string> };
}

/** `url` of an API server that needs no credentials. */
export function createFakeHelm(url: string): Helm {
  async function ask(method: string, path: string, body?: object): Promise<{ items?: Record_[] | null }> {
    const response = await fetch(url + path, {
      method,
      signal: AbortSignal.timeout(5000),
      headers: { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((error: unknown) => {
      throw new HelmError('unreachable', String(error));
    });
    const text = await response.text().catch(() => '');
    // Objects that already exist or are already gone are fine.
    if (response.ok || response.status === 409 || response.status === 404)
      return JSON.parse(text || '{}') as { items: null };
    throw new HelmError('unreachable', `${response.status} ${text.slice(0, 200)}`);
  }
  const recordsIn = (namespace: string): string => `/api/v1/namespaces/${namespace}/configmaps`;
  const records = async ({ name, namespace }: Release): Promise<Record_[]> => {
    const { items } = await ask('GET', `${recordsIn(namespace)}?labelSelector=owner%3Dhelm%2Cname%3D${name}`);
    return (items ?? []).toSorted(
      (a, b) => Number(a.metadata.labels['version']) - Number(b.metadata.labels['version']),
    );
  };
  const mark = (namespace: string, record: string, status: string): Promise<unknown> =>
    ask('PATCH', `${recordsIn(namespace)}/${record}`, { metadata: { labels: { status } } });

  async function operation<Result>(
    { name }: Release,
    signal: AbortSignal,
    run: () => Promise<Result>,
  ): Promise<Result> {
    if (signal.aborted) throw new HelmError('cancelled', 'helm was stopped');
    process.stderr.write(`helm begins ${name}\n`);
    try {
      return await run();
    } finally {
      process.stderr.write(`helm ends ${name}\n`);
    }
  }

  async function revise(release: Release, labels: Record<string, string>, signal: AbortSignal): Promise<void> {
    const { name, namespace } = release;
    const before = await records(release);
    const last = before.at(-1);
    const version = Number(last?.metadata.labels['version'] ?? 0) + 1;
    const record = `sh.helm.release.v1.${name}.v${version}`;
    const status = last ? 'pending-upgrade' : 'pending-install';
    const createdAt = String(Math.floor(Date.now() / 1000));
    const own = { owner: 'helm', name, status, version: String(version), createdAt, ...labels };
    const manifest = objectsOf(release, version, labels).map(([path, object]) => JSON.stringify(typed(path, object)));
    const content = JSON.stringify({ name, namespace, manifest: manifest.join('\n---\n') });
    const data = { release: Buffer.from(content).toString('base64') };
    await ask('POST', recordsIn(namespace), { metadata: { name: record, labels: own }, data });
    await sleep(Math.random() * 20);
    if (signal.aborted) {
      await mark(namespace, record, 'failed');
      throw new HelmError('cancelled', 'helm was stopped');
    }
    for (const [path, object] of objectsOf(release, version, labels)) await ask('POST', path, object);
    const [first] = before.toReversed();
    if (first)
      await ask(
        'DELETE',
        `/apis/batch/v1/namespaces/${namespace}/jobs/setup-${version - 1}?propagationPolicy=Background`,
      );
    for (const { metadata } of before) await mark(namespace, metadata.name, 'superseded');
    await mark(namespace, record, 'deployed');
  }

  return {
    render: () => Promise.resolve('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: setup }\n'),
    upgradeInstall: ({ labels, signal, ...release }) =>
      operation(release, signal, async () => {
        const last = (await records(release)).at(-1)?.metadata.labels['status'] ?? '';
        if (last.startsWith('pending')) throw new HelmError('operation-pending', 'another operation is in progress');
        await revise(release, labels, signal);
      }),
    describe: () => Promise.reject(new HelmError('not-found', 'a fake helm keeps no manifests')),
    uninstall: (release, signal) =>
      operation(release, signal, async () => {
        for (const [path, object] of objectsOf(release, 0, {}))
          await ask('DELETE', `${path}/${object.metadata.name}?propagationPolicy=Background`);
        for (const { metadata } of await records(release)) {
          const { version } = metadata.labels;
          await ask(
            'DELETE',
            `/apis/batch/v1/namespaces/${release.namespace}/jobs/setup-${version}?propagationPolicy=Background`,
          );
          await ask('DELETE', `${recordsIn(release.namespace)}/${metadata.name}`);
        }
      }),
    rollback: (release, _revision, signal) =>
      operation(release, signal, async () => {
        const all = await records(release);
        const {
          status: _status,
          version: _version,
          createdAt: _at,
          owner: _owner,
          name: _name,
          ...labels
        } = all.at(-2)?.metadata.labels ?? {};
        await revise(release, labels, signal);
      }),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  configmaps: 'ConfigMap',
  services: 'Service',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  statefulsets: 'StatefulSet',
  deployments: 'Deployment',
  jobs: 'Job',
};

/** An object of the manifest, with the API path that creates it. */
function typed(path: string, object: object): object {
  const [, apiVersion = '', plural = ''] = /^\/apis?\/(.+)\/namespaces\/[^/]+\/(.+)$/.exec(path) ?? [];
  return { apiVersion, kind: KINDS[plural], ...object };
}

/** The objects of a release by their API path. The setup's name contains the revision. */
function objectsOf(
  { name, namespace }: Release,
  version: number,
  labels: Record<string, string>,
): [string, { metadata: { name: string } }][] {
  const label = (component: string): Record<string, string> => ({
    ...(labels[STORE_ID_LABEL] ? { [STORE_ID_LABEL]: labels[STORE_ID_LABEL] } : {}),
    'app.kubernetes.io/instance': name,
    [COMPONENT_LABEL]: component,
  });
  // As helm marks what it applies: without them, the first comparison would find drift.
  const managed = { 'app.kubernetes.io/managed-by': 'Helm' };
  const owner = { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace };
  const object = (component: string, rest: object, as = component): { metadata: { name: string } } => ({
    metadata: { name: as, labels: { ...label(component), ...managed }, annotations: owner } as { name: string },
    ...rest,
  });
  const pod = (component: string, spec: object = {}): object => ({
    metadata: { labels: label(component) },
    spec: {
      containers: [{ name: component, image: `${component === 'setup' ? 'wordpress' : component}:stable` }],
      ...spec,
    },
  });
  const selector = (component: string): object => ({ matchLabels: { [COMPONENT_LABEL]: component } });
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const volumes = [{ name: 'content', persistentVolumeClaim: { claimName: 'wordpress-content' } }];
  const core = `/api/v1/namespaces/${namespace}`;
  const apps = `/apis/apps/v1/namespaces/${namespace}`;
  return [
    [`${core}/configmaps`, object('setup', { data: {} })],
    ...['mariadb', 'wordpress'].map((component): [string, { metadata: { name: string } }] => [
      `${core}/services`, object(component, { spec: { selector: { [COMPONENT_LABEL]: component }, ports: [{ port: 80 }] } }),
    ]),
    [`${core}/persistentvolumeclaims`, object('wordpress', { spec: claim }, 'wordpress-content')],
    [`${apps}/statefulsets`, object('mariadb', {
      spec: {
        serviceName: 'mariadb', replicas: 1, selector: selector('mariadb'), template: pod('mariadb'),
        volumeClaimTemplates: [{ metadata: { name: 'data', labels: label('mariadb') }, spec: claim }],
      },
    })],
    [`${apps}/deployments`, object('wordpress', {
      spec: { replicas: 1, selector: selector('wordpress'), strategy: { type: 'Recreate' }, template: pod('wordpress', { volumes }) },
    })],
    ...(version > 0
      ? [[`/apis/batch/v1/namespaces/${namespace}/jobs`, object('setup', { spec: { template: pod('setup', { restartPolicy: 'Never' }) } }, `setup-${version}`)] as [string, { metadata: { name: string } }]]
      : []),
  ]; // prettier-ignore
}

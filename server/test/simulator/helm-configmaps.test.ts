/** Helm records in ConfigMaps and reads of a single Secret, as a least-privilege account needs them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../support/simulator.ts';
import { type RawApi, rawApi } from '../support/raw-api.ts';
import { type Tools, toolsFor } from '../support/tools.ts';

const dir = temporaryDir();
const SELECTED = 'fieldSelector=metadata.name%3Dstore-credentials';
let simulator: Simulator;
let tools: Tools;
let api: RawApi;
let chart: string;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 0 });
  const kubeconfig = join(dir.path, 'kubeconfig');
  writeFileSync(kubeconfig, simulator.kubeconfig);
  tools = toolsFor(kubeconfig, dir.path, { HELM_DRIVER: 'configmap' });
  api = rawApi(simulator.kubeconfig);
  chart = join(dir.path, 'chart');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: small\nversion: 1.0.0\n');
  writeFileSync(
    join(chart, 'templates/config.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: made }\ndata: { value: {{ .Values.value | quote }} }\n',
  );
});
afterAll(async () => {
  await simulator.close();
  dir[Symbol.dispose]();
});

const names = async (path: string): Promise<string[]> => {
  const { json } = await api({ path });
  return (json['items'] as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
};

test('helm keeps its records in ConfigMaps: install, upgrade, list, history, rollback, uninstall', async () => {
  const configMaps = (): Promise<string[]> => names('/api/v1/namespaces/default/configmaps?labelSelector=owner%3Dhelm');
  const release = ['rel', chart, '-n', 'default', '--labels', 'generation=1'];
  await tools.helm('upgrade', '--install', ...release, '--set', 'value=1');
  await tools.helm('upgrade', '--install', ...release, '--set', 'value=2', '--force-conflicts');
  expect(await configMaps()).toEqual(['sh.helm.release.v1.rel.v1', 'sh.helm.release.v1.rel.v2']);
  expect(await names('/api/v1/secrets')).toEqual([]);
  expect(JSON.parse(await tools.helm('list', '-n', 'default', '-o', 'json'))).toMatchObject([
    { name: 'rel', revision: '2', status: 'deployed' },
  ]);
  expect(await tools.helm('get', 'values', 'rel', '-n', 'default')).toContain('value: 2');
  await tools.helm('rollback', 'rel', '1', '-n', 'default');
  expect(await tools.helm('history', 'rel', '-n', 'default')).toMatch(/3\s+.*deployed.*Rollback to 1/);
  await tools.helm('uninstall', 'rel', '-n', 'default');
  expect(await configMaps()).toEqual([]);
});

test('a list or watch of Secrets by name reports only that name, also with a label selector', async () => {
  const secret = (name: string, labels: object): object => ({ metadata: { name, labels }, stringData: { a: 'b' } });
  const create = (name: string, labels: object = { app: 'x' }): Promise<unknown> =>
    api({ method: 'POST', path: '/api/v1/namespaces/default/secrets', body: secret(name, labels) });
  await create('store-credentials');
  await create('other');
  expect(await names(`/api/v1/secrets?${SELECTED}`)).toEqual(['store-credentials']);
  expect(await names(`/api/v1/secrets?${SELECTED}&labelSelector=app%3Dx`)).toEqual(['store-credentials']);
  expect(await names(`/api/v1/secrets?${SELECTED}&labelSelector=app%3Dy`)).toEqual([]);

  const list = await api({ path: `/api/v1/secrets?${SELECTED}` });
  const { resourceVersion } = list.json['metadata'] as { resourceVersion: string };
  const query = `watch=true&${SELECTED}&resourceVersion=${resourceVersion}&timeoutSeconds=1`;
  const watching = api({ path: `/api/v1/secrets?${query}` });
  await create('another');
  await api({ method: 'DELETE', path: '/api/v1/namespaces/default/secrets/other' });
  await api({ method: 'DELETE', path: '/api/v1/namespaces/default/secrets/store-credentials' });
  const events = (await watching).lines as { type: string; object: { metadata: { name: string } } }[];
  expect(events.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual(['DELETED store-credentials']);
});

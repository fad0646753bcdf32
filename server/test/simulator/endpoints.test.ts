/** Which addresses a Service has while the pod behind it is not ready. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createKubeClient, type KubeClient, loadCredentials } from '../../src/kube/client.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { type Simulator, startSimulator } from '../support/simulator.ts';

const CORE = '/api/v1/namespaces/default';
const SLICES = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices';
const dir = temporaryDir();
let simulator: Simulator;
let client: KubeClient;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 0 });
  const kubeconfig = join(dir.path, 'kubeconfig');
  writeFileSync(kubeconfig, simulator.kubeconfig);
  client = createKubeClient(loadCredentials({ kind: 'kubeconfig', kubeconfig }));
});

afterAll(async () => {
  await simulator?.close();
  dir[Symbol.dispose]();
});

test.each([
  { what: 'an ordinary Service', name: 'ordinary', publishes: undefined, ready: false },
  { what: 'one that publishes those that are not ready', name: 'eager', publishes: true, ready: true },
])('$what has the address as ready: $ready', async ({ name, publishes, ready }) => {
  const create = (plural: string, body: object): Promise<unknown> =>
    client.json(`${CORE}/${plural}`, { method: 'POST', body });
  const spec = { selector: { app: name }, ports: [{ port: 80 }], publishNotReadyAddresses: publishes };
  await create('services', { metadata: { name }, spec });
  const containers = [{ name: 'shop', image: 'wordpress:no-such-tag' }];
  await create('pods', { metadata: { name, labels: { app: name } }, spec: { containers } });
  await vi.waitFor(async () => {
    const { items } = await client.json<{ items: { endpoints: { conditions: object }[] }[] }>(SLICES, {
      query: { labelSelector: `kubernetes.io/service-name=${name}` },
    });
    expect(items.flatMap(({ endpoints }) => endpoints.map(({ conditions }) => conditions))).toEqual([
      { ready, serving: false, terminating: false },
    ]);
  }, 10_000);
});

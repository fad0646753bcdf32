/** The server's client follows a cluster that restarts with another secret, as after its kubeconfig was lost. */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test, vi } from 'vitest';
import { startSimulator } from '../support/simulator.ts';
import { createPodDialer } from '../../src/kube/port-forward.ts';
import { createKubeClient, loadCredentials } from '../../src/kube/client.ts';
import { createHelmCli } from '../../src/helm/helm-cli.ts';
import { openProcessLedger } from '../../src/helm/process-ledger.ts';
import { pathOf } from '../support/tools.ts';

const SHOP = '/api/v1/namespaces/default/pods/shop';
const withOtherSecret = (url: string): string => url.replace(/[0-9a-f]{32}$/, 'f'.repeat(32));

test('client and port-forward reload the kubeconfig on 401', async () => {
  using dir = temporaryDir();
  const database = join(dir.path, 'cluster.db');
  const kubeconfig = join(dir.path, 'kubeconfig');
  const first = await startSimulator({ speed: 0, database });
  writeFileSync(kubeconfig, first.kubeconfig);
  const credentials = loadCredentials({ kind: 'kubeconfig', kubeconfig });
  const client = createKubeClient(credentials);
  const dial = createPodDialer(credentials);
  const isReady = async (): Promise<void> => {
    const { status } = await client.json<{ status: { conditions?: { type: string; status: string }[] } }>(SHOP);
    expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
  };
  await client.json('/api/v1/namespaces/default/pods', {
    method: 'POST',
    body: { metadata: { name: 'shop' }, spec: { containers: [{ name: 'shop', image: 'wordpress:6' }] } },
  });
  await vi.waitFor(isReady, 10_000);
  const forward = (): Promise<unknown> => dial({ namespace: 'default', pod: 'shop', port: 80 });
  await forward();
  await first.close();

  await using second = await startSimulator({ speed: 0, database, url: withOtherSecret(first.url) });
  expect(second.url).not.toBe(first.url);
  // Until the file has the new secret, the client can only fail.
  await vi.waitFor(() => expect(client.json(SHOP)).rejects.toMatchObject({ kind: 'unauthorized' }), 10_000);
  await expect(forward()).rejects.toMatchObject({ status: 401 });
  writeFileSync(kubeconfig, second.kubeconfig);
  await vi.waitFor(forward, 10_000);
  await client.json(SHOP);
});

test('Helm errors about an unreachable cluster contain no secret', async () => {
  using dir = temporaryDir();
  const simulator = await startSimulator({ speed: 0 });
  const kubeconfig = join(dir.path, 'kubeconfig');
  writeFileSync(kubeconfig, simulator.kubeconfig);
  await simulator.close();
  const { signal } = new AbortController();
  const helm = createHelmCli({
    helm: pathOf('helm'),
    cluster: { kubeconfig },
    caches: { stateDir: join(dir.path, 'helm') },
    processes: { ledger: openProcessLedger(join(dir.path, 'running')), timeoutSeconds: 30 },
  });
  const error = await helm.uninstall({ name: 'a', namespace: 'default' }, signal).catch((failure: unknown) => failure);
  const { origin, pathname } = new URL(simulator.url);
  expect(String(error)).toContain(origin);
  expect(String(error)).not.toContain(pathname.slice(1));
});

/** Shopyard itself, installed by charts/platform from the Dockerfile's image. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connect, StoreRecorder, temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openStore } from '../support/open-store.ts';
import { ordersInAdmin, placeOrder } from '../support/shopper.ts';
import {
  kubeconfigOf,
  openTestCluster,
  PATIENCE_MS,
  REAL,
  type TestCluster,
  uniqueName,
} from '../support/test-cluster.ts';
import { kubectlPath, type Tools, toolsFor } from '../support/tools.ts';

const CHART = fileURLToPath(new URL('../../../charts/platform', import.meta.url));
const NAMESPACE = uniqueName('shopyard');
const POD_SECURITY = 'pod-security.kubernetes.io/enforce';
const dir = temporaryDir();
let cluster: TestCluster;
let tools: Tools;

beforeAll(async () => {
  if (!REAL) return;
  cluster = await openTestCluster(dir.path);
  tools = toolsFor(kubeconfigOf(dir.path), dir.path);
});
afterAll(async () => {
  if (REAL) {
    await tools.helm('uninstall', 'shopyard', '--namespace', NAMESPACE, '--ignore-not-found');
    await tools.kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found');
    await cluster[Symbol.asyncDispose]();
  }
  dir[Symbol.dispose]();
});

if (!REAL)
  process.stderr.write('charts/platform is installed on a real cluster only: the embedded one runs no image.\n');

test.runIf(REAL)(
  'a Helm-installed Shopyard creates a store that keeps selling through its kill and upgrade',
  async ({ skip }) => {
    const image = cluster.images.find((name) => /(^|\/)shopyard:/.test(name));
    if (!image) {
      process.stderr.write(
        'charts/platform is not installed: the nodes have no image named shopyard:…, see scripts/build-images\n',
      );
      return skip();
    }
    // The strictest Pod Security level, as documented.
    await tools.kubectl('create', 'namespace', NAMESPACE);
    await tools.kubectl('label', 'namespace', NAMESPACE, `${POD_SECURITY}=restricted`);
    await install(image, {});
    // Whoever reaches the pod by another name than the dashboard's is refused, and everybody else is asked who they are.
    await expect(throughPodNetwork(3000, 'stores')).rejects.toThrow(/Forbidden/);
    const store = uniqueName('inside');
    let token: string;
    {
      await using tunnel = await openTunnel();
      expect((await fetch(`${tunnel.url}/stores`)).status).toBe(401);
      token = await firstToken(tunnel.url);
      await using api = connect(tunnel.url, token);
      using stores = new StoreRecorder(api);
      await api.trpc.stores.create.mutate({ name: store });
      await stores.phase(store, 'Ready', PATIENCE_MS);
      expect((await api.trpc.platform.get.query()).cluster.kind).toBe('in-cluster');
    }

    await tools.kubectl('delete', 'pods', '--namespace', NAMESPACE, '--all', '--force', '--grace-period=0');
    await install(image, { maxParallel: 2 });
    await using tunnel = await openTunnel();
    await using api = connect(tunnel.url, token);
    using stores = new StoreRecorder(api);
    const [known] = await stores.until('the store is Ready again', ([first]) => first?.phase === 'Ready', PATIENCE_MS);
    expect(known?.name).toBe(store);
    if (!cluster.noOrders) {
      const open = openStore.bind(undefined, tunnel.url, store);
      const order = await placeOrder(open);
      const login = await api.trpc.stores.credentials.mutate({ id: known?.id ?? '' });
      expect(await ordersInAdmin(open, login)).toContain(`#${order.id}`);
    }
    await api.trpc.stores.remove.mutate({ id: known?.id ?? '' });
    await stores.gone(store, PATIENCE_MS);
    await expect(tools.kubectl('get', 'namespace', `store-${store}`)).rejects.toThrow(/not found/);
  },
);

async function install(image: string, values: object): Promise<void> {
  const [repository = '', tag = ''] = image.split(/:(?=[^:]+$)/);
  const storeValues = parse(readFileSync(cluster.env['SHOPYARD_STORE_VALUES'] ?? '', 'utf8')) as object;
  const file = join(dir.path, 'platform.json');
  writeFileSync(file, JSON.stringify({ image: { repository, tag }, storeValues, ...values }));
  await tools.helm('upgrade', '--install', 'shopyard', CHART, '--namespace', NAMESPACE, '--values', file);
  await tools.kubectl('rollout', 'status', 'deployment/shopyard', '--namespace', NAMESPACE, '--timeout=120s');
}

/** Creates the first account with the chart's code, as the notes of its install say, and a token for it. */
async function firstToken(url: string): Promise<string> {
  const template = ['--output', 'jsonpath={.data.code}'];
  const code = await tools.kubectl('get', 'secret', 'shopyard-set-up', '--namespace', NAMESPACE, ...template);
  const setUp = Buffer.from(code, 'base64').toString();
  const post = (path: string, body: object, headers = {}): Promise<Response> =>
    fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const signedIn = await post('/session', { setUp, name: 'ann', password: 'a long enough one' });
  const Cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const scopes = ['stores:read', 'stores:sensitive', 'stores:write', 'stores:delete', 'platform:read'];
  const created = await post('/me/tokens', { name: 'e2e', scopes, days: 1 }, { Cookie, Origin: url });
  return ((await created.json()) as { secret: string }).secret;
}

/** A request to the pod's own address, sent by the API server. */
async function throughPodNetwork(port: number, path: string): Promise<string> {
  const label = 'app.kubernetes.io/name=shopyard';
  const pod = await tools.kubectl(
    'get',
    'pods',
    '-n',
    NAMESPACE,
    '-l',
    label,
    '-o',
    'jsonpath={.items[0].metadata.name}',
  );
  return tools.kubectl('get', '--raw', `/api/v1/namespaces/${NAMESPACE}/pods/${pod}:${port}/proxy/${path}`);
}

interface Tunnel extends AsyncDisposable {
  url: string;
}

/** kubectl port-forward, as documented. */
async function openTunnel(): Promise<Tunnel> {
  const args = ['port-forward', '--namespace', NAMESPACE, 'deployment/shopyard', ':3000'];
  const env = { ...process.env, KUBECONFIG: kubeconfigOf(dir.path) };
  const child: ChildProcess = spawn(kubectlPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    void ended.then(() => reject(new Error('kubectl port-forward ended')));
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (found) resolve(found);
      });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

/** The cluster of the end-to-end suite: the embedded one, or that of KUBECONFIG. */
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { StoreValues } from '@shopyard/contracts';
import { ACCOUNT_ENV, leastPrivilegeKubeconfig } from './least-privilege.ts';
import { toolsFor } from './tools.ts';

export const REAL = process.env['SHOPYARD_TEST_CLUSTER'] === 'kubeconfig';

/** Time limit for a store to become Ready or to disappear. */
export const PATIENCE_MS = REAL ? 240_000 : 40_000;

/** WooCommerce's code is in no registry, so a copy is searched here. */
const WOOCOMMERCE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'shopyard/woocommerce-11.0.1.zip');
const MARIADB = { image: { repository: 'shopyard.test/mariadb', tag: '10.11' } };
const MEDUSA = 'shopyard.test/shopyard-medusa';

export interface TestCluster extends AsyncDisposable {
  /** Environment of the server. */
  env: Record<string, string>;
  /** Why orders can't be placed here; undefined if they can. */
  noOrders: string | undefined;
  /** Why Medusa stores can't run here; undefined if they can, simulated or not. */
  noMedusa: string | undefined;
  /** Images present on the nodes. */
  images: string[];
}

/** Store values for the cluster of KUBECONFIG; `SHOPYARD_STORE_VALUES` replaces the ones generated here. */
export async function openTestCluster(dir: string): Promise<TestCluster> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (!REAL)
    return {
      env: {},
      noOrders: 'the stores of the embedded cluster are simulated',
      noMedusa: undefined,
      images: [],
      [Symbol.asyncDispose]: nothing,
    };
  const { KUBECONFIG, SHOPYARD_STORE_VALUES: given } = process.env;
  if (!KUBECONFIG) throw new Error('npm run test:cluster needs KUBECONFIG: the cluster to run the end-to-end suite on');
  // The server gets only the rights that charts/platform grants.
  const account = await leastPrivilegeKubeconfig(KUBECONFIG, dir);
  const env = { SHOPYARD_CLUSTER: 'kubeconfig', KUBECONFIG: account, ...ACCOUNT_ENV };
  const { images, address } = await nodeFacts(KUBECONFIG, dir);
  const medusa = images.find((image) => image.includes(MEDUSA));
  const noMedusa = medusa ? undefined : `no image of ${MEDUSA} is loaded into the cluster`;
  // Each test file is another installation. If its server is killed, its Lease keeps the next from starting for 30 s.
  await toolsFor(KUBECONFIG, dir).kubectl('delete', 'lease', 'shopyard', '-n', 'shopyard', '--ignore-not-found');
  if (given)
    return {
      env: { ...env, SHOPYARD_STORE_VALUES: given },
      noOrders: undefined,
      noMedusa,
      images,
      [Symbol.asyncDispose]: nothing,
    };

  const file = join(dir, 'cluster-values.json');
  const withCore = images.find((image) => /shopyard\.test\/wordpress:7/.test(image));
  const noOrders = !existsSync(WOOCOMMERCE)
    ? `WooCommerce is not at ${WOOCOMMERCE}`
    : !withCore
      ? 'no image shopyard.test/wordpress:7.x is loaded into the cluster'
      : !address
        ? 'no address of this machine is known to reach from the nodes'
        : undefined;
  const tag = (noOrders ? undefined : withCore?.split(':').at(-1)) ?? '6.5.5-php8.2-apache';
  const server = noOrders ? undefined : await serveZip(address ?? '');
  const woocommerce = server ? { url: `http://${address}:${portOf(server)}/woocommerce.zip` } : { enabled: false };
  const values = {
    wordpress: { image: { repository: 'shopyard.test/wordpress', tag } },
    mariadb: MARIADB,
    woocommerce,
    ingress: { enabled: true },
    // The zip comes from the node's own address, which stores can't reach otherwise.
    networkPolicy: { extraEgress: server ? [{ cidr: `${address}/32`, ports: [{ port: portOf(server) }] }] : [] },
    engines: {
      medusa: {
        medusa: { image: { repository: MEDUSA, tag: medusa?.split(':').at(-1) ?? 'none' } },
        postgres: { image: { repository: 'shopyard.test/postgres', tag: '18' } },
        networkPolicy: { extraEgress: [] },
      },
    },
  };
  writeFileSync(file, JSON.stringify(values));
  return {
    env: { ...env, SHOPYARD_STORE_VALUES: file },
    noOrders,
    noMedusa,
    images,
    [Symbol.asyncDispose]: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
}

export function kubeconfigOf(dataDir: string): string {
  return REAL ? (process.env['KUBECONFIG'] ?? '') : join(dataDir, 'simulator.kubeconfig');
}

/** Deletes the stores that the server of this data directory left in the cluster of KUBECONFIG, without waiting. */
export async function deleteStores(dataDir: string): Promise<void> {
  const selector = `shopyard.dev/installation=${readFileSync(join(dataDir, 'installation'), 'utf8').trim()}`;
  const tools = toolsFor(kubeconfigOf(dataDir), dataDir);
  await tools.kubectl('delete', 'namespaces', '-l', selector, '--wait=false', '--ignore-not-found');
}

/** Values of a store whose shop doesn't matter: without WooCommerce, a real setup takes half as long. */
export const PLAIN: StoreValues = { woocommerce: { enabled: false } };

/** A name that no earlier run used. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 5)}`;
}

/** The images on the nodes, and a node address that belongs to this machine. */
async function nodeFacts(kubeconfig: string, home: string): Promise<{ images: string[]; address: string | undefined }> {
  const { items } = JSON.parse(await toolsFor(kubeconfig, home).kubectl('get', 'nodes', '-o', 'json')) as {
    items: { status: { images?: { names?: string[] }[]; addresses?: { type: string; address: string }[] } }[];
  };
  const own = new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)));
  return {
    images: items.flatMap(({ status }) => (status.images ?? []).flatMap(({ names }) => names ?? [])),
    address: items
      .flatMap(({ status }) => status.addresses ?? [])
      .find(({ type, address }) => type === 'InternalIP' && own.has(address))?.address,
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function serveZip(address: string): Promise<Server> {
  const server = createServer((_req, res) => void createReadStream(WOOCOMMERCE).pipe(res));
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return server;
}

/** Reach of a store's pod on a network that enforces policies; elsewhere the test prints that none is enforced. */
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../support/open-store.ts';
import { placeOrder } from '../support/shopper.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
const OPEN = uniqueName('open');
const CLOSED = uniqueName('closed');
const listeners: Server[] = [];

interface Target {
  what: string;
  host: string;
  port: number;
}

if (!REAL)
  process.stderr.write('What stores reach is tested on a real cluster only: the embedded one has no network.\n');

let image = '';
beforeAll(() => {
  image = suite.cluster.images.find((name) => /shopyard\.test\/wordpress/.test(name)) ?? '';
});
afterAll(async () => {
  for (const server of listeners) server.close();
  if (REAL) await suite.tools.kubectl('delete', 'namespace', OPEN, CLOSED, '--ignore-not-found', '--wait=false');
});

test.runIf(REAL)(
  'a store reaches DNS, the internet and targets added by the operator, and nothing else in cluster or network',
  async ({ skip }) => {
    if (!image) {
      process.stderr.write('No image shopyard.test/wordpress is on the nodes: what stores reach is not tested.\n');
      return skip();
    }
    const targets = await findTargets();
    if (!(await isEnforced(targets[0]))) {
      process.stderr.write(
        "This cluster's network does not enforce NetworkPolicies: stores reach whatever they like.\n",
      );
      return skip();
    }
    // Every target is reachable without a policy, so a later failure is the policy's.
    for (const target of targets) expect(await reaches(OPEN, 'pod/probe', target), target.what).toBe(true);

    const store = await suite.create(uniqueName('fenced'));
    await suite.stores.phase(store.name, 'Ready', PATIENCE_MS);
    for (const target of targets)
      expect(await reaches(store.namespace, 'deployment/wordpress', target), target.what).toBe(false);
    const dns = await run(
      store.namespace,
      'deployment/wordpress',
      `getent hosts mariadb.${store.namespace}.svc.cluster.local`,
    );
    expect(dns).toContain('mariadb');
    for (const target of extraTargets())
      expect(await reaches(store.namespace, 'deployment/wordpress', target), target.what).toBe(true);
    if (!suite.cluster.noOrders) {
      const order = await placeOrder(openStore.bind(undefined, suite.url, store.name));
      expect(order.id).toBeGreaterThan(0);
    }
  },
);

const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl(...args);

/** Output of a command in a pod; empty if it fails. */
function run(namespace: string, pod: string, command: string): Promise<string> {
  return kubectl('exec', '-n', namespace, pod, '--', 'bash', '-c', command).catch(() => '');
}

async function reaches(namespace: string, pod: string, { host, port }: Target): Promise<boolean> {
  const connect = `timeout 3 bash -c 'exec 3<>/dev/tcp/${host}/${port}' 2>/dev/null && echo reached || echo refused`;
  const answer = (await run(namespace, pod, connect)).trim();
  expect(answer, `the probe in ${namespace} answers`).toMatch(/^(reached|refused)$/);
  return answer === 'reached';
}

/** Probes enforcement: a pod in a namespace without egress tries to connect. */
async function isEnforced(target: Target | undefined): Promise<boolean> {
  await startProbe(CLOSED);
  const policy = { podSelector: {}, policyTypes: ['Egress'] };
  const manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'none' },
    spec: policy,
  };
  await suite.apply(CLOSED, JSON.stringify(manifest));
  if (!target) throw new Error('there is nothing to reach');
  for (let tries = 0; tries < 10; tries += 1) if (!(await reaches(CLOSED, 'pod/probe', target))) return true;
  return false;
}

/** A pod that listens on 8080 and waits for commands. */
async function startProbe(namespace: string): Promise<void> {
  await kubectl('create', 'namespace', namespace);
  const listen = ['php', '-S', '0.0.0.0:8080', '-t', '/tmp'];
  const spec = { containers: [{ name: 'probe', image, command: listen }], terminationGracePeriodSeconds: 0 };
  await suite.apply(namespace, JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'probe' }, spec }));
  await kubectl('wait', '-n', namespace, '--for=condition=Ready', 'pod/probe', '--timeout=60s');
}

/** Cluster-internal addresses, and the network of this machine if it is the node. */
async function findTargets(): Promise<Target[]> {
  await startProbe(OPEN);
  const get = (...args: string[]): Promise<string> => kubectl('get', ...args);
  const service = await get('service', 'kubernetes', '-n', 'default', '-o', 'jsonpath={.spec.clusterIP}');
  const endpoint = await get(
    'endpointslices', '-n', 'default', '-l', 'kubernetes.io/service-name=kubernetes',
    '-o', 'jsonpath={.items[0].endpoints[0].addresses[0]}:{.items[0].ports[0].port}',
  ); // prettier-ignore
  const [address = '', port = ''] = endpoint.split(':');
  const node = await get('nodes', '-o', "jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}");
  const pod = await get('pod', 'probe', '-n', OPEN, '-o', 'jsonpath={.status.podIP}');
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const machine = own.filter(({ family, internal }) => family === 'IPv4' && !internal).map((found) => found.address);
  return [
    { what: 'the API server, by its service', host: service, port: 443 },
    { what: 'the API server itself', host: address, port: Number(port) },
    { what: "a node's kubelet", host: node, port: 10_250 },
    { what: 'a pod of another namespace', host: pod, port: 8080 },
    ...(machine.includes(node)
      ? await Promise.all(machine.map(async (host) => ({ what: `port of ${host}`, host, port: await listenOn(host) })))
      : []),
  ];
}

function listenOn(host: string): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  listeners.push(server);
  return new Promise((resolve) => server.listen(0, host, () => resolve((server.address() as AddressInfo).port)));
}

/** Addresses that the values for this cluster open. */
function extraTargets(): Target[] {
  const file = suite.cluster.env['SHOPYARD_STORE_VALUES'];
  const values = (file ? JSON.parse(readFileSync(file, 'utf8')) : {}) as {
    networkPolicy?: { extraEgress?: { cidr: string; ports: { port: number }[] }[] };
  };
  return (values.networkPolicy?.extraEgress ?? []).map(({ cidr, ports }) => ({
    what: `extraEgress ${cidr}`,
    host: cidr.split('/')[0] ?? '',
    port: ports[0]?.port ?? 0,
  }));
}

/** Addresses that the rendered network policies of the charts allow. */
import { BlockList, isIPv6 } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { toolsFor } from '../support/tools.ts';

const CHARTS = fileURLToPath(new URL('../../../charts', import.meta.url));

interface Peer {
  ipBlock?: { cidr: string; except?: string[] };
  namespaceSelector?: { matchLabels: Record<string, string> };
  podSelector?: object;
}

interface Policy {
  kind: string;
  metadata: { name: string };
  spec: {
    podSelector: object;
    policyTypes: string[];
    egress?: { to?: Peer[]; ports?: { port: number }[] }[];
    ingress?: { from?: Peer[] }[];
  };
}

async function policiesOf(chart: string, values: object = {}): Promise<Policy[]> {
  using dir = temporaryDir();
  const tools = toolsFor('/dev/null', dir.path);
  const sets = Object.entries(values).flatMap(([key, value]) => ['--set-json', `${key}=${JSON.stringify(value)}`]);
  const rendered = await tools.helm('template', 'alpha', join(CHARTS, chart), '--namespace', 'alpha', ...sets);
  return parseAllDocuments(rendered)
    .map((document) => document.toJS() as Policy | null)
    .filter((object) => object?.kind === 'NetworkPolicy') as Policy[];
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

function covers(cidr: string, address: string): boolean {
  const [net = '', bits = ''] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(net, Number(bits), familyOf(net));
  return familyOf(net) === familyOf(address) && list.check(address, familyOf(address));
}

/** Whether any policy allows egress to this address on any port. */
function allows(policies: Policy[], address: string): boolean {
  const peers = policies.flatMap(({ spec }) => (spec.egress ?? []).flatMap(({ to }) => to ?? []));
  return peers.some(
    ({ ipBlock }) =>
      ipBlock && covers(ipBlock.cidr, address) && !(ipBlock.except ?? []).some((cidr) => covers(cidr, address)),
  );
}

const CLOSED = [
  '10.0.0.1', '10.255.255.254', '172.16.0.1', '172.31.0.1', '192.168.1.1', '100.64.0.1', '100.100.100.200',
  '169.254.169.254', '169.254.20.10', '168.63.129.16', '192.0.0.192', '127.0.0.1', '198.18.0.1', '224.0.0.1',
  '255.255.255.255', '192.0.2.2', '198.51.100.1', '203.0.113.1', '2001:db8::1', 'fd00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', '::1', 'ff02::1', '64:ff9b::a00:1', '2002:a00:1::1',
]; // prettier-ignore

test.each(CLOSED)('a store can’t reach %s', async (address) => {
  expect(allows(await policiesOf('woocommerce'), address)).toBe(false);
});

test.each(['1.1.1.1', '172.32.0.1', '11.0.0.1', '100.128.0.1', '2606:4700::1111'])(
  'a store reaches the public address %s, unless the internet is closed',
  async (address) => {
    expect(allows(await policiesOf('woocommerce'), address)).toBe(true);
    expect(allows(await policiesOf('woocommerce', { networkPolicy: { allowInternet: false } }), address)).toBe(false);
  },
);

test.each([...CLOSED, '1.1.1.1', '2606:4700::1111'])('a Medusa store can’t reach %s', async (address) => {
  expect(allows(await policiesOf('medusa'), address)).toBe(false);
});

test('a Medusa store reaches public addresses alone where the internet is opened', async () => {
  const policies = await policiesOf('medusa', { networkPolicy: { allowInternet: true } });
  expect(allows(policies, '1.1.1.1')).toBe(true);
  for (const address of CLOSED) expect(allows(policies, address), address).toBe(false);
});

test('clusterCidrs close public addresses, extraEgress opens private ones', async () => {
  const networkPolicy = {
    clusterCidrs: ['11.22.33.0/24', '2a00:1::/32'],
    extraEgress: [{ cidr: '10.1.2.3/32', ports: [{ port: 587 }] }],
  };
  const policies = await policiesOf('woocommerce', { networkPolicy });
  expect(allows(policies, '11.22.33.7')).toBe(false);
  expect(allows(policies, '2a00:1::7')).toBe(false);
  expect(allows(policies, '10.1.2.3')).toBe(true);
  expect(allows(policies, '10.1.2.4')).toBe(false);
});

describe('the way to the mail server', () => {
  const closed = { allowInternet: false };

  test('is open on its port if the host is an address, even a private one', async () => {
    const policies = await policiesOf('woocommerce', { networkPolicy: closed, smtp: { host: '10.1.2.3', port: 465 } });
    expect(allows(policies, '10.1.2.3')).toBe(true);
    expect(allows(policies, '10.1.2.4')).toBe(false);
    const rules = policies.flatMap(({ spec }) => spec.egress ?? []);
    const ports = rules.filter(({ to }) => to?.some(({ ipBlock }) => ipBlock)).flatMap(({ ports }) => ports ?? []);
    expect(ports).toEqual([{ port: 465, protocol: 'TCP' }]);
  });

  test('is open only to the internet if the host is a name', async () => {
    const policies = await policiesOf('woocommerce', { networkPolicy: closed, smtp: { host: 'smtp.example.com' } });
    expect(allows(policies, '1.1.1.1')).toBe(true);
    for (const address of CLOSED) expect(allows(policies, address), address).toBe(false);
  });
});

test.each(['woocommerce', 'medusa', 'platform'])(
  'every egress rule of the %s chart names its target',
  async (chart) => {
    for (const { metadata, spec } of await policiesOf(chart))
      for (const { to } of spec.egress ?? []) expect(to?.length, metadata.name).toBeGreaterThan(0);
  },
);

test('allows DNS to the DNS pods and to listed resolvers', async () => {
  const dns = async (values: object): Promise<Peer[] | undefined> =>
    (await policiesOf('woocommerce', values)).find(({ metadata }) => metadata.name === 'dns')?.spec.egress?.[0]?.to;
  const kubeDns = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  };
  expect(await dns({})).toEqual([kubeDns]);
  expect(await dns({ networkPolicy: { dns: { cidrs: ['169.254.20.10/32'] } } })).toEqual([
    kubeDns,
    { ipBlock: { cidr: '169.254.20.10/32' } },
  ]);
});

test("only the ingress controller reaches cert-manager's solver, on its one port; the solver reaches nothing", async () => {
  const policies = await policiesOf('woocommerce', { networkPolicy: { ingressNamespace: 'traefik' } });
  const own = policies.filter(({ spec }) => JSON.stringify(spec.podSelector).includes('http01-solver'));
  expect(own.map(({ spec }) => spec)).toEqual([
    {
      podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } } }],
          ports: [{ port: 8089, protocol: 'TCP' }],
        },
      ],
    },
  ]);
});

test.each(['woocommerce', 'medusa'])(
  'only the ingress controller and its own pods may connect to a store of %s',
  async (chart) => {
    const from = (await policiesOf(chart)).flatMap(({ spec }) =>
      (spec.ingress ?? []).flatMap((rule) => rule.from ?? []),
    );
    const namespaces = from.flatMap(({ namespaceSelector }) =>
      namespaceSelector ? [namespaceSelector.matchLabels] : [],
    );
    expect(namespaces.length).toBeGreaterThan(0);
    for (const labels of namespaces) expect(labels).toEqual({ 'kubernetes.io/metadata.name': 'kube-system' });
  },
);

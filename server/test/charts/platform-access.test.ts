/** Access to the dashboard that charts/platform installs. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { startSimulator } from '../support/simulator.ts';
import { toolsFor } from '../support/tools.ts';

const PLATFORM = fileURLToPath(new URL('../../../charts/platform', import.meta.url));
const PROXY = ['--values', join(PLATFORM, 'ci/proxy-values.yaml')];
const ACCOUNTS = ['--values', join(PLATFORM, 'ci/accounts-values.yaml')];
const NONE = ['--set', 'auth.mode=none'];

interface Container {
  env: { name: string; value?: string; valueFrom?: object }[];
  ports: { name: string; containerPort: number }[];
  readinessProbe: { httpGet: { port: string } };
  livenessProbe: { httpGet: { port: string } };
  startupProbe: { httpGet: { port: string } };
}

interface Objects {
  kinds: string[];
  container: Container;
  servicePorts: string[];
  env: Map<string, string | object | undefined>;
  /** The code for the first account, that the chart makes. */
  code: string | undefined;
  /** Of the ConfigMap about the identity provider. */
  files: Record<string, string>;
  egress: { to: object[]; ports: { port: number }[] }[];
  /** File in the pod with that code, and the Secret that holds it. */
  mounted: { file: string; secret: string } | undefined;
}

interface Pod {
  containers: [Container & { volumeMounts: { name: string; mountPath: string }[] }];
  volumes: { name: string; secret?: { secretName: string; items: { path: string }[] } }[];
}

async function render(...args: string[]): Promise<Objects> {
  using dir = temporaryDir();
  const rendered = await toolsFor('/dev/null', dir.path).helm('template', 'alpha', PLATFORM, ...args);
  const objects = parseAllDocuments(rendered).map((document) => document.toJS() as { kind: string; spec?: unknown });
  const specOf = (kind: string): unknown => objects.find((object) => object.kind === kind)?.spec;
  const { template } = specOf('Deployment') as { template: { spec: Pod } };
  const [container] = template.spec.containers;
  // Each has data.
  const configMaps = objects.filter(({ kind }) => kind === 'ConfigMap') as unknown as {
    data: Record<string, string>;
  }[];
  const secret = objects.find(({ kind }) => kind === 'Secret') as Secret | undefined;
  const { ports } = specOf('Service') as { ports: { name: string }[] };
  return {
    kinds: objects.map(({ kind }) => kind),
    container,
    servicePorts: ports.map(({ name }) => name),
    code: secret && codeIn(secret),
    files: configMaps.find(({ data }) => 'config.json' in data)?.data ?? {},
    egress: (specOf('NetworkPolicy') as Pick<Objects, 'egress'>).egress,
    mounted: mountedIn(template.spec),
    env: new Map(container.env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom])),
  };
}

interface Secret {
  data: { code: string };
}

const codeIn = ({ data }: Secret): string => Buffer.from(data.code, 'base64').toString();

function mountedIn({ containers: [{ volumeMounts }], volumes }: Pod): Objects['mounted'] {
  const volume = volumes.find(({ secret }) => secret !== undefined);
  const at = volumeMounts.find(({ name }) => name === volume?.name)?.mountPath;
  const { secret } = volume ?? {};
  return secret && { file: `${at}/${secret.items[0]?.path}`, secret: secret.secretName };
}

test('by default people sign in with accounts, and a Secret with a code of its own creates the first one', async () => {
  const [{ kinds, servicePorts, env, code, mounted }, other] = await Promise.all([render(), render()]);
  expect(env.get('SHOPYARD_HOST')).toBe('0.0.0.0');
  expect(env.get('SHOPYARD_AUTH')).toBe('required');
  expect(env.get('SHOPYARD_SET_UP_CODE_FILE')).toBe('/etc/shopyard-set-up/code');
  expect(mounted).toEqual({ file: '/etc/shopyard-set-up/code', secret: 'alpha-set-up' });
  expect(code).toMatch(/^\w{43}$/);
  expect(other.code).not.toBe(code);
  // As a port-forward reaches it, until an Ingress or `auth.url` gives it an address.
  expect(env.get('SHOPYARD_URL')).toBe('');
  expect(servicePorts).toEqual(['http', 'health']);
  expect(kinds).not.toContain('Ingress');
});

test('with accounts, an Ingress may lead to it, and the Secret may be given', async () => {
  const { kinds, env, code, mounted, files, egress } = await render(...ACCOUNTS);
  expect(kinds).toContain('Ingress');
  expect(env.get('SHOPYARD_URL')).toBe('https://shopyard.example.com');
  expect(env.get('SHOPYARD_TRUSTED_PROXIES')).toBe('10.42.0.0/16');
  expect([code, mounted?.secret]).toEqual([undefined, 'shopyard-first']);
  expect(env.get('SHOPYARD_OIDC_FILE')).toBe('/etc/shopyard-oidc/config.json');
  expect(env.get('SHOPYARD_PASSWORDS')).toBe('off');
  expect(JSON.parse(files['config.json'] ?? '{}')).toEqual({
    name: 'Keycloak',
    issuer: 'https://id.example.com/realms/shops',
    clientId: 'shopyard',
    clientSecretFile: 'client-secret',
    groups: [{ group: 'shopyard-admins', role: 'admin' }],
  });
  // The network lets it reach the provider and the names' server, and nothing else besides the API server.
  const ports = egress.flatMap((rule) => rule.ports.map(({ port }) => port));
  expect(ports).toEqual([443, 6443, 443, 53, 53]);
  expect(egress[1]?.to).toEqual([{ ipBlock: { cidr: '198.51.100.7/32' } }]);
});

test('an upgrade keeps the code that the install made', async () => {
  using dir = temporaryDir();
  await using cluster = await startSimulator();
  const kubeconfig = join(dir.path, 'kubeconfig');
  writeFileSync(kubeconfig, cluster.kubeconfig);
  const tools = toolsFor(kubeconfig, dir.path);
  // The embedded cluster knows no rights, and helm asks it about every kind before it renders.
  const chart = join(dir.path, 'platform');
  cpSync(PLATFORM, chart, { recursive: true });
  for (const unknown of ['rbac', 'admission-policy']) rmSync(join(chart, `templates/${unknown}.yaml`));
  const kept = 'k'.repeat(43);
  await tools.kubectl('create', 'secret', 'generic', 'alpha-set-up', `--from-literal=code=${kept}`);
  const args = [
    '--dry-run=server',
    '--is-upgrade',
    '--disable-openapi-validation',
    '--show-only',
    'templates/set-up.yaml',
  ];
  const codeOf = async (release: string): Promise<string> =>
    codeIn(parse(await tools.helm('template', release, chart, ...args)) as Secret);
  expect(await codeOf('alpha')).toBe(kept);
  expect(await codeOf('beta')).toMatch(/^\w{43}$/);
});

test.each([
  { mode: 'none', args: NONE, lines: ['port-forward', 'http://localhost:3000'], not: 'set-up' },
  { mode: 'accounts', args: [], lines: ['port-forward', '"http://localhost:3000/#/set-up?code=$('], not: 'https' },
  { mode: 'accounts', args: ACCOUNTS, lines: ['"https://shopyard.example.com/#/set-up?code=$('], not: 'localhost' },
  { mode: 'proxy', args: PROXY, lines: ['proxy at https://shopyard.example.com'], not: 'set-up' },
])('the notes of an install with $mode and $args tell how to get in', async ({ args, lines, not }) => {
  using dir = temporaryDir();
  const said = await toolsFor('/dev/null', dir.path).helm('install', 'alpha', PLATFORM, '--dry-run=client', ...args);
  const notes = said.slice(said.indexOf('NOTES:'));
  for (const line of lines) expect(notes).toContain(line);
  expect(notes).not.toContain(not);
  // The code itself would stay in whatever keeps helm's output.
  if (lines.some((line) => line.includes('set-up'))) expect(notes).toContain('get secret');
});

test('unauthenticated, the dashboard listens only on the pod’s loopback, with no Service or Ingress', async () => {
  const { kinds, container, servicePorts, env } = await render(...NONE);
  expect(env.get('SHOPYARD_HOST')).toBe('127.0.0.1');
  expect(env.has('SHOPYARD_AUTH')).toBe(false);
  expect(container.ports).toEqual([{ name: 'health', containerPort: 3001 }]);
  expect(servicePorts).toEqual(['health']);
  expect(kinds).not.toContain('Ingress');
});

test('behind a proxy, it listens on all addresses and reads the shared secret from a Secret', async () => {
  const { kinds, servicePorts, env } = await render(...PROXY);
  expect(env.get('SHOPYARD_HOST')).toBe('0.0.0.0');
  expect(env.get('SHOPYARD_AUTH')).toBe('proxy');
  expect(env.get('SHOPYARD_AUTH_HEADER')).toBe('X-Auth-Request-Email');
  expect(env.get('SHOPYARD_AUTH_SECRET')).toEqual({ secretKeyRef: { name: 'shopyard-proxy', key: 'secret' } });
  expect(env.get('SHOPYARD_URL')).toBe('https://shopyard.example.com');
  expect(servicePorts).toEqual(['http', 'health']);
  expect(kinds).toContain('Ingress');
});

test.each([{ args: [] }, { args: NONE }, { args: PROXY }])(
  'probes use the health port with $args',
  async ({ args }) => {
    const { container, env } = await render(...args);
    expect(env.get('SHOPYARD_HEALTH_PORT')).toBe('3001');
    for (const probe of [container.readinessProbe, container.livenessProbe, container.startupProbe])
      expect(probe.httpGet.port).toBe('health');
  },
);

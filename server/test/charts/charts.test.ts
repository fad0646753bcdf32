/** The charts as the real helm renders them. `npm test -- charts -u` updates the golden files. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { isMap, parse, parseAllDocuments, parseDocument } from 'yaml';
import { toolsFor } from '../support/tools.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const WOOCOMMERCE = join(ROOT, 'charts/woocommerce');
const MEDUSA = join(ROOT, 'charts/medusa');
/** Charts of engines. */
const STORES = [
  { name: 'woocommerce', chart: WOOCOMMERCE, pods: 4 },
  { name: 'medusa', chart: MEDUSA, pods: 3 },
];
const PLATFORM = join(ROOT, 'charts/platform');
const GOLDEN = join(ROOT, 'server/test/charts/golden');
const run = promisify(execFile);

const variants: { name: string; chart: string; files: string[] }[] = [
  ...STORES.flatMap(({ name, chart }) => [
    { name: `${name}-default`, chart, files: [] },
    { name: `${name}-local`, chart, files: ['values-local.yaml'] },
    { name: `${name}-prod`, chart, files: ['values-prod.yaml'] },
    ...readdirSync(join(chart, 'ci')).map((file) => ({
      name: `${name}-${file.replace('-values.yaml', '')}`,
      chart,
      files: [`ci/${file}`],
    })),
  ]),
  { name: 'platform-default', chart: PLATFORM, files: [] },
  { name: 'platform-accounts', chart: PLATFORM, files: ['ci/accounts-values.yaml'] },
  { name: 'platform-proxy', chart: PLATFORM, files: ['ci/proxy-values.yaml'] },
];

async function helm(...args: string[]): Promise<string> {
  using dir = temporaryDir();
  return toolsFor('/dev/null', dir.path).helm(...args);
}

test.each(variants)('$name lints without warnings and matches its golden file', async ({ name, chart, files }) => {
  const values = files.flatMap((file) => ['--values', join(chart, file)]);
  await helm('lint', '--strict', chart, ...values);
  const rendered = await helm(
    'template',
    'alpha',
    chart,
    '--namespace',
    'store-alpha',
    '--kube-version',
    '1.34.0',
    ...values,
  );
  // The platform's code for the first account.
  const repeatable = rendered.replace(/^ {2}code: "\w{58}(\w\w|\w=|==)"$/m, '  code: RANDOM');
  await expect(repeatable).toMatchFileSnapshot(join(GOLDEN, `${name}.yaml`));
});

interface PodSpec {
  automountServiceAccountToken?: boolean;
  securityContext?: { runAsNonRoot?: boolean; seccompProfile?: { type: string } };
  containers: Container[];
  initContainers?: Container[];
}

interface Container {
  name: string;
  image: string;
  resources?: { requests?: object; limits?: { memory?: string } };
  securityContext?: {
    readOnlyRootFilesystem?: boolean;
    allowPrivilegeEscalation?: boolean;
    capabilities?: { drop?: string[] };
  };
}

test.each(STORES)(
  'no pod of the $name chart has a root user, token or capability, a writable root or no memory limit',
  async ({ chart, pods }) => {
    const rendered = await helm('template', 'alpha', chart);
    const objects = parseAllDocuments(rendered).map(
      (document) => document.toJS() as { kind: string; spec: Record<string, unknown> } | null,
    );
    const specs = objects.flatMap((object) => podSpecOf(object));
    expect(specs).toHaveLength(pods);
    for (const spec of specs) {
      expect(spec.automountServiceAccountToken).toBe(false);
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
        expect(container.securityContext, container.name).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources?.limits?.memory, container.name).toBeDefined();
      }
    }
  },
);

test.each(STORES.flatMap((store) => ['small', 'medium', 'large'].map((size) => ({ ...store, size }))))(
  'a packed $name chart holds the library and renders size $size as the folder does',
  async ({ chart, size }) => {
    using dir = temporaryDir();
    await helm('package', chart, '--destination', dir.path);
    const packed = readdirSync(dir.path).find((name) => name.endsWith('.tgz')) ?? '';
    const args = ['--set', `size=${size},ingress.enabled=true`];
    const rendered = await helm('template', 'alpha', join(dir.path, packed), ...args);
    expect(rendered).toContain('kind: Ingress');
    expect(rendered).toBe(await helm('template', 'alpha', chart, ...args));
  },
);

test.each(STORES)('a registry override and digests reach every image of the $name chart', async ({ chart }) => {
  const rendered = await helm('template', 'alpha', chart, '--values', join(chart, 'ci/mirror-values.yaml'));
  const images = [...rendered.matchAll(/^\s*image: "(\S+)"$/gm)].map(([, image]) => image);
  expect(images.length).toBeGreaterThan(3);
  for (const image of images) expect(image).toMatch(/^registry\.example\.com\//);
  expect(images.filter((image) => image?.includes('@sha256:'))).not.toHaveLength(0);
});

test('the address of a store renders as one PHP string, whatever it contains', async () => {
  const url = `http://x'); phpinfo(); //\\' . "\n$(id) {$x}`;
  using dir = temporaryDir();
  const file = join(dir.path, 'values.json');
  writeFileSync(file, JSON.stringify({ store: { url } }));
  const rendered = await helm('template', 'alpha', WOOCOMMERCE, '--skip-schema-validation', '--values', file);
  // The kubelet reads a doubled dollar sign as one.
  const escaped = url.replaceAll(/['\\]/g, String.raw`\$&`).replaceAll('$', '$$$$');
  const objects = parseAllDocuments(rendered).map((document) => JSON.stringify(document.toJS()));
  const written = (text: string): boolean =>
    objects.some((object) => object.includes(JSON.stringify(text).slice(1, -1)));
  expect(written(`define('WP_HOME', '${escaped}');`)).toBe(true);
  expect(written(`define('WP_SITEURL', '${escaped}');`)).toBe(true);
  expect(written(`$headers = ['Host: ' . '${escaped.replace('http://', '')}'];`)).toBe(true);
});

test('an annotation of a template itself may be given but keeps the value of the template', async () => {
  const keys = ['shopyard.dev/hardening', 'cert-manager.io/cluster-issuer'];
  const given = Object.fromEntries(keys.map((key) => [key, 'given']));
  using dir = temporaryDir();
  const file = join(dir.path, 'values.json');
  const tls = { enabled: true, clusterIssuer: 'letsencrypt' };
  const values = { wordpress: { podAnnotations: given }, ingress: { enabled: true, annotations: given, tls } };
  writeFileSync(file, JSON.stringify(values));
  const rendered = await helm('template', 'alpha', WOOCOMMERCE, '--values', file);
  // This parser rejects duplicate keys.
  const documents = parseAllDocuments(rendered);
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  expect(rendered).toMatch(/shopyard\.dev\/hardening: "?[0-9a-f]{12}"?$/m);
  expect(rendered).toContain('cert-manager.io/cluster-issuer: letsencrypt');
});

test('no template generates a secret', async () => {
  const { stdout } = await run('grep', [
    '-rlE',
    'randAlpha|randAscii|genCA|kind: Secret',
    ...STORES.map(({ chart }) => join(chart, 'templates')),
    join(ROOT, 'charts/common/templates'),
  ]).catch(() => ({ stdout: '' }));
  expect(stdout).toBe('');
});

test.each([
  { chart: 'woocommerce', values: '{"store": {"url": "no-url"}}', message: /store.*url|does not match pattern/s },
  { chart: 'woocommerce', values: '{"size": "huge"}', message: /size/ },
  { chart: 'woocommerce', values: '{"wordpres": {}}', message: /wordpres/ },
  { chart: 'medusa', values: '{"store": {"currency": "euro"}}', message: /currency/ },
  { chart: 'medusa', values: '{"wordpress": {}}', message: /wordpress/ },
  { chart: 'platform', values: '{"replicas": 2}', message: /replicas/ },
  {
    chart: 'platform',
    values: '{"auth": {"mode": "none"}, "ingress": {"enabled": true, "host": "a.example.com"}}',
    message: /auth\/mode.*accounts.*proxy/,
  },
  {
    chart: 'platform',
    values: '{"auth": {"mode": "proxy", "url": "https://a.example.com"}}',
    message: /auth\/secretName/,
  },
  { chart: 'platform', values: '{"auth": {"mode": "proxy", "secretName": "a"}}', message: /auth\/url/ },
  { chart: 'platform', values: '{"ingress": {"enabled": true}}', message: /ingress\/host/ },
  { chart: 'platform', values: '{"auth": {"trustedProxies": ["traefik"]}}', message: /auth\/trustedProxies/ },
])('the $chart chart refuses $values and names the field', async ({ chart, values, message }) => {
  await expect(helm('template', 'x', join(ROOT, 'charts', chart), '--set-json', valuesToSet(values))).rejects.toThrow(
    message,
  );
});

test.each(STORES)(
  'values.yaml of the $name chart stays readable, and its documentation is up to date',
  async ({ name, chart }) => {
    const text = readFileSync(join(chart, 'values.yaml'), 'utf8');
    expect(text.split('\n').length).toBeLessThanOrEqual(125);
    expect(Object.keys(parse(text) as object)).toContain('networkPolicy');
    const { stdout } = await run(process.execPath, [join(ROOT, 'scripts/src/docs/store-values.ts'), name]);
    const normal = (table: string): string => table.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
    const page = name === 'woocommerce' ? 'store-values.md' : `${name}-values.md`;
    expect(normal(readFileSync(join(ROOT, 'docs', page), 'utf8'))).toBe(normal(stdout));
    for (const path of leavesOf(parseDocument(text).contents)) expect(stdout).toContain(`| \`${path}\` |`);
  },
);

/** `a.b` for each value of a map in block style; a map in flow style, such as `{ size: '' }`, is one value. */
function leavesOf(node: unknown): string[] {
  if (!isMap(node) || node.flow) return [''];
  return node.items.flatMap(({ key, value }) => leavesOf(value).map((rest) => `${String(key)}${rest && '.'}${rest}`));
}

function podSpecOf(object: { kind: string; spec: Record<string, unknown> } | null): PodSpec[] {
  if (!object) return [];
  const template =
    object.kind === 'CronJob'
      ? (object.spec as { jobTemplate: { spec: { template: { spec: PodSpec } } } }).jobTemplate.spec.template
      : (object.spec as { template?: { spec: PodSpec } } | undefined)?.template;
  return template?.spec ? [template.spec] : [];
}

/** `{"a": {"b": 1}}` as helm's --set-json wants it. */
function valuesToSet(json: string): string {
  return Object.entries(JSON.parse(json) as Record<string, unknown>)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(',');
}

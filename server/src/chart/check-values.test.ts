import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createValuesCheck } from './check-values.ts';
import { readChart } from './read-chart.ts';

const CHART = fileURLToPath(new URL('../../../charts/woocommerce', import.meta.url));
const chart = readChart(CHART);
const check = createValuesCheck(chart, { values: {}, rules: {} });
const issues = (values: Record<string, unknown>): string[] =>
  check(values).map(({ field, message }) => `${field}: ${message}`);

test.each([
  { name: 'a title with a line break', values: { store: { title: 'two\nlines' } }, message: 'values.store.title: must not contain line breaks or control characters' },
  { name: 'a title of 201 characters', values: { store: { title: 'a'.repeat(201) } }, message: 'values.store.title: must have at most 200 characters' },
  { name: 'a storage class in upper case', values: { wordpress: { storage: { className: 'Fast' } } }, message: 'values.wordpress.storage.className: must be empty, or lower-case letters, digits, hyphens and dots, such as fast or shop.example.com' },
  { name: 'an image with a space', values: { mariadb: { image: { repository: 'a b' } } }, message: 'values.mariadb.image.repository: must be an image without its tag, such as wordpress or registry.example.com/team/wordpress' },
  { name: 'an invalid quantity', values: { quota: { hard: { pods: 'many' } } }, message: 'values.quota.hard.pods: must be a quantity such as 250m, 2 or 1.5Gi' },
  { name: 'a CPU limit that is a boolean', values: { wordpress: { resources: { limits: { cpu: true } } } }, message: 'values.wordpress.resources.limits.cpu: must be string or number' },
  { name: 'an unknown resource field', values: { wordpress: { resources: { claims: [] } } }, message: 'values.wordpress.resources.claims: unknown value' },
  { name: 'a swapped letter, and names what was meant', values: { store: { titel: 'Mugs' } }, message: 'values.store.titel: unknown value. Did you mean `title`?' },
  { name: 'an upload larger than a request', values: { wordpress: { php: { uploadMaxFilesize: '1G' } } }, message: 'values.wordpress.php.postMaxSize: must be at least wordpress.php.uploadMaxFilesize (1G): a request holds the file and the form around it' },
  { name: 'a request smaller than an upload', values: { wordpress: { php: { postMaxSize: '2048K' } } }, message: 'values.wordpress.php.postMaxSize: must be at least wordpress.php.uploadMaxFilesize (64M): a request holds the file and the form around it' },
  { name: 'what helm adds for the library', values: { common: { global: {} } }, message: 'values.common: unknown value' },
  { name: 'an unknown global value', values: { global: { other: 1 } }, message: 'values.global.other: unknown value' },
  { name: 'an unknown field of a pull secret', values: { global: { imagePullSecrets: [{ name: 'a', kind: 'b' }] } }, message: 'values.global.imagePullSecrets.0.kind: unknown value' },
  { name: 'an annotation key with a space', values: { ingress: { annotations: { 'example.com/a b': '1' } } }, message: 'values.ingress.annotations.example.com/a b: the key must be a name such as team or example.com/team' },
  { name: 'an annotation key with a line break', values: { ingress: { annotations: { 'a\n---': '1' } } }, message: String.raw`values.ingress.annotations.a\n---: the key must not contain line breaks or control characters` },
  { name: 'an unknown key with a line break', values: { 'x\n---': 1 }, message: String.raw`values.x\n---: unknown value` },
  { name: '__proto__ at the top level', values: JSON.parse('{"__proto__": {"size": "small"}}'), message: 'values.__proto__: unknown value' },
  { name: '__proto__ below a known key', values: JSON.parse('{"store": {"__proto__": {"title": "x"}}}'), message: 'values.store.__proto__: unknown value' },
  { name: 'a lone surrogate', values: { store: { title: '\ud800' } }, message: 'values.store.title: must be Unicode text' },
  { name: '5,000 nested maps', values: JSON.parse(`${'{"store":'.repeat(5000)}1${'}'.repeat(5000)}`), message: 'values: must not be nested more than 20 levels deep' },
] as { name: string; values: Record<string, unknown>; message: string }[])('rejects $name', ({ values, message }) => {
  expect(issues(values)).toEqual([message]);
}); // prettier-ignore

test.each<{ name: string; values: Record<string, unknown> }>([
  {
    name: 'any Unicode text as the title',
    values: { store: { title: `Ä "quoted" 'title' # {{ .Values }} & ünïcode 🛒` } },
  },
  { name: "a country's state and a currency", values: { store: { country: 'US:CA', currency: 'USD' } } },
  {
    name: 'an image from a registry with a port',
    values: { wordpress: { image: { repository: 'registry.example.com:5000/team/word_press', tag: 'v7.1_x-1' } } },
  },
  {
    name: 'a local image and numeric resources',
    values: {
      wordpress: { image: { repository: 'localhost/wordpress' }, resources: { requests: { cpu: 1, memory: '1.5Gi' } } },
    },
  },
  {
    name: 'pod annotations',
    values: {
      wordpress: { podAnnotations: { 'simulator.shopyard.dev/fail': 'crash', 'prometheus.io/scrape': 'true' } },
    },
  },
  {
    name: 'an image mirror and pull secrets',
    values: {
      global: { imageRegistry: 'registry.example.com:5000/mirror/', imagePullSecrets: [{ name: 'reg-cred.1' }] },
    },
  },
  {
    name: 'any quota resource',
    values: {
      quota: { hard: { 'requests.cpu': '4', pods: 12, 'count/jobs.batch': '5', 'requests.nvidia.com/gpu': '1' } },
    },
  },
  { name: 'a cron schedule', values: { cron: { schedule: '0,30 8-18/2 * JAN MON-FRI' } } },
  {
    name: 'a host and ingress annotations',
    values: {
      ingress: { host: 'shop.example.com', annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '64m' } },
    },
  },
  {
    name: 'a local archive with a checksum',
    values: { woocommerce: { url: '', path: '/usr/src/woocommerce-11.0.1.zip', sha256: 'a'.repeat(64) } },
  },
])('accepts $name', ({ values }) => {
  expect(issues(values)).toEqual([]);
});

test("reports an invalid platform value in one sentence that names the file's variable and the field", () => {
  const values = { store: { title: 'a\nb' }, size: 'huge' };
  expect(() => createValuesCheck(chart, { values, rules: {} })).toThrow(
    /^SHOPYARD_STORE_VALUES: (size|store\.title): must [^\n]*$/,
  );
});

test.each(['values-local.yaml', 'values-prod.yaml', 'ci/all-off-values.yaml', 'ci/mirror-values.yaml'])(
  "accepts the chart's own %s",
  (file) => {
    expect(issues(parse(readFileSync(join(CHART, file), 'utf8')) as Record<string, unknown>)).toEqual([]);
  },
);

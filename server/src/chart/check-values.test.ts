import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createValuesCheck } from './check-values.ts';
import { readChart } from './read-chart.ts';

const CHART = fileURLToPath(new URL('../../../charts/store', import.meta.url));
const chart = readChart(CHART);
const check = createValuesCheck(chart, {});
const said = (values: Record<string, unknown>): string[] =>
  check(values).map(({ field, message }) => `${field}: ${message}`);

test.each([
  [{ store: { title: 'two\nlines' } }, 'values.store.title: must not contain line breaks or control characters'],
  [{ store: { title: 'a'.repeat(201) } }, 'values.store.title: must have at most 200 characters'],
  [{ wordpress: { storage: { className: 'Fast' } } }, 'values.wordpress.storage.className: must be empty, or lower-case letters, digits, hyphens and dots, such as fast or shop.example.com'],
  [{ mariadb: { image: { repository: 'a b' } } }, 'values.mariadb.image.repository: must be an image without its tag, such as wordpress or registry.example.com/team/wordpress'],
  [{ quota: { hard: { pods: 'many' } } }, 'values.quota.hard.pods: must be a quantity such as 250m, 2 or 1.5Gi'],
  [{ wordpress: { resources: { limits: { cpu: true } } } }, 'values.wordpress.resources.limits.cpu: must be string or number'],
  [{ wordpress: { resources: { claims: [] } } }, 'values.wordpress.resources.claims: the chart knows no such value'],
  [{ wordpress: { php: { uploadMaxFilesize: '1G' } } }, 'values.wordpress.php.postMaxSize: must be at least wordpress.php.uploadMaxFilesize (1G): a request holds the file and the form around it'],
  [{ wordpress: { php: { postMaxSize: '2048K' } } }, 'values.wordpress.php.postMaxSize: must be at least wordpress.php.uploadMaxFilesize (64M): a request holds the file and the form around it'],
  [{ global: { other: 1 } }, 'values.global.other: the chart knows no such value'],
  [{ global: { imagePullSecrets: [{ name: 'a', kind: 'b' }] } }, 'values.global.imagePullSecrets.0.kind: the chart knows no such value'],
  [{ ingress: { annotations: { 'example.com/a b': '1' } } }, 'values.ingress.annotations.example.com/a b: the key must be a name such as team or example.com/team'],
  [{ ingress: { annotations: { 'a\n---': '1' } } }, String.raw`values.ingress.annotations.a\n---: the key must not contain line breaks or control characters`],
  [{ 'x\n---': 1 }, String.raw`values.x\n---: the chart knows no such value`],
  [JSON.parse('{"__proto__": {"size": "small"}}'), 'values.__proto__: the chart knows no such value'],
  [JSON.parse('{"store": {"__proto__": {"title": "x"}}}'), 'values.store.__proto__: the chart knows no such value'],
  [{ store: { title: '\ud800' } }, 'values.store.title: must be Unicode text'],
  [JSON.parse(`${'{"store":'.repeat(5000)}1${'}'.repeat(5000)}`), 'values: must not be nested more than 20 levels deep'],
] as [Record<string, unknown>, string][])('values %# are refused in words', (values, message) => {
  expect(said(values)).toEqual([message]);
}); // prettier-ignore

test.each([
  { store: { title: `Ä "quoted" 'title' # {{ .Values }} & ünïcode 🛒` } },
  { store: { country: 'US:CA', currency: 'USD' } },
  { wordpress: { image: { repository: 'registry.example.com:5000/team/word_press', tag: 'v7.1_x-1' } } },
  { wordpress: { image: { repository: 'localhost/wordpress' }, resources: { requests: { cpu: 1, memory: '1.5Gi' } } } },
  { wordpress: { podAnnotations: { 'simulator.shopyard.dev/fail': 'crash', 'prometheus.io/scrape': 'true' } } },
  { global: { imageRegistry: 'registry.example.com:5000/mirror/', imagePullSecrets: [{ name: 'reg-cred.1' }] } },
  { quota: { hard: { 'requests.cpu': '4', pods: 12, 'count/jobs.batch': '5', 'requests.nvidia.com/gpu': '1' } } },
  { cron: { schedule: '0,30 8-18/2 * JAN MON-FRI' } },
  { ingress: { host: 'shop.example.com', annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '64m' } } },
  { woocommerce: { url: '', path: '/usr/src/woocommerce-11.0.1.zip', sha256: 'a'.repeat(64) } },
])('values %# are taken', (values) => {
  expect(said(values)).toEqual([]);
});

test("a mistake in the platform's own values is one sentence that names the file's variable and the field", () => {
  const values = { store: { title: 'a\nb' }, size: 'huge' };
  expect(() => createValuesCheck(chart, values)).toThrow(/^SHOPYARD_STORE_VALUES: (size|store\.title): must [^\n]*$/);
});

test.each(['values-local.yaml', 'values-prod.yaml', 'ci/all-off-values.yaml', 'ci/mirror-values.yaml'])(
  "the chart's own %s is taken",
  (file) => {
    expect(said(parse(readFileSync(join(CHART, file), 'utf8')) as Record<string, unknown>)).toEqual([]);
  },
);

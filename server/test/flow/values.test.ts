/** A store's own values: a call with values unknown to the chart is rejected by field and changes nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Api, connect, type ServerProcess, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { schemaAt } from '@shopyard/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';

const dir = temporaryDir();
let server: ServerProcess;
let api: Api;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: dir.path });
  api = connect(server.url);
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await server.stop();
  dir[Symbol.dispose]();
});

test.each([
  { values: { wordpres: {} }, message: 'values.wordpres: unknown value. Did you mean `wordpress`?' },
  {
    values: { size: 'huge' },
    message: 'values.size: must be equal to one of the allowed values: small, medium, large',
  },
  { values: { wordpress: { image: { tag: 7 } } }, message: 'values.wordpress.image.tag: must be string' },
  { values: { setup: { backoffLimit: 'often' } }, message: 'values.setup.backoffLimit: must be integer' },
])('rejects a value by field: $message', async ({ values, message }) => {
  await expect(api.trpc.stores.create.mutate({ name: 'typo', values })).rejects.toThrow(message);
  expect((await api.trpc.stores.list.query()).stores).toEqual([]);
});

test('validates updates too and keeps the old values on rejection', async () => {
  const { id, generation } = await api.trpc.stores.create.mutate({ name: 'kept', values: { size: 'medium' } });
  await expect(api.trpc.stores.update.mutate({ id, values: { size: 'huge' } })).rejects.toThrow('values.size');
  expect(await api.trpc.stores.get.query({ id })).toMatchObject({ generation });
});

test('rejects by field a WooCommerce older than the installed one; allows reverting a failed upgrade', async () => {
  const { id } = await api.trpc.stores.create.mutate({ name: 'upgraded' });
  const isReady = async (): Promise<unknown> => {
    const { phase, generation, observedGeneration } = await api.trpc.stores.get.query({ id });
    return phase === 'Ready' && observedGeneration === generation;
  };
  const update = (version: string, more: object = {}, confirm?: string): Promise<unknown> =>
    api.trpc.stores.update.mutate({ id, values: { woocommerce: { version }, ...more }, confirm });
  await expect.poll(isReady).toBe(true);
  await expect(update('10.9.3')).rejects.toThrow('values.woocommerce.version: must be 11.0.1 or newer');
  await update('11.0.2');
  await expect.poll(isReady).toBe(true);
  await expect(update('11.0.1')).rejects.toThrow('values.woocommerce.version: must be 11.0.2 or newer');
  const before = await api.trpc.stores.get.query({ id });
  await expect(update('12.0.0')).rejects.toThrow('WooCommerce 11.0.2 → 12.0.0: this may change the database');
  expect(await api.trpc.stores.get.query({ id })).toEqual(before);
  await update('12.0.0', { setup: { podAnnotations: { 'simulator.shopyard.dev/fail': 'hang' } } }, 'upgraded');
  await update('11.0.2');
  await expect.poll(isReady).toBe(true);
});

test("reports a mistake in the platform's own values at startup", async () => {
  const file = join(dir.path, 'platform.yaml');
  writeFileSync(file, 'ingres: {enabled: true}\n');
  const env = { SHOPYARD_STORE_VALUES: file };
  await expect(startServerProcess({ dataDir: join(dir.path, 'other'), env })).rejects.toThrow(
    'SHOPYARD_STORE_VALUES: ingres: unknown value',
  );
});

test("lays the platform's values for an engine over its shared and flat ones, and a store's own over all", async () => {
  const file = join(dir.path, 'layers.yaml');
  writeFileSync(
    file,
    `quota: { hard: { pods: '21' } }
cron: { schedule: '1 * * * *', podAnnotations: { team: flat, layer: flat } }
engines:
  woocommerce:
    cron: { podAnnotations: { layer: engine, own: engine } }
`,
  );
  const env = { SHOPYARD_STORE_VALUES: file };
  await using layered = await startServerProcess({ dataDir: join(dir.path, 'layered'), env });
  await using client = connect(layered.url);
  const values = { cron: { podAnnotations: { own: 'store' } } };
  const { id } = await client.trpc.stores.create.mutate({ name: 'layered', values });
  await expect.poll(async () => (await client.trpc.stores.get.query({ id })).phase, { timeout: 30_000 }).toBe('Ready');
  const release = await client.trpc.stores.release.query({ id });
  expect(parse(release.values)).toMatchObject({
    quota: { hard: { pods: '21' } },
    cron: { enabled: true, schedule: '1 * * * *', podAnnotations: { team: 'flat', layer: 'engine', own: 'store' } },
  });
  expect(release.manifest).toContain('pods: "21"');
});

test('a rule of the platform wins over what a store sets, and over what it had set before', async () => {
  const file = join(dir.path, 'rules.yaml');
  writeFileSync(file, "cron: { schedule: '2 * * * *', podAnnotations: { cost: rule } }\n");
  const dataDir = join(dir.path, 'ruled');
  const settled = async ({ trpc }: Api, id: string): Promise<unknown> => {
    const { phase, generation, observedGeneration } = await trpc.stores.get.query({ id });
    return phase === 'Ready' && observedGeneration === generation;
  };
  const own = { cron: { podAnnotations: { cost: 'store' } } };
  let id = '';
  {
    await using before = await startServerProcess({ dataDir });
    await using client = connect(before.url);
    ({ id } = await client.trpc.stores.create.mutate({ name: 'ruled', values: own }));
    await expect.poll(() => settled(client, id), { timeout: 30_000 }).toBe(true);
  }
  await using ruled = await startServerProcess({ dataDir, env: { SHOPYARD_STORE_RULES: file } });
  await using client = connect(ruled.url);
  const update = (podAnnotations: object): Promise<unknown> =>
    client.trpc.stores.update.mutate({ id, values: { cron: { podAnnotations } } });
  await expect(update({ cost: 'other' })).rejects.toThrow(
    'values.cron.podAnnotations.cost: a rule of the platform sets this for every store: leave it out',
  );
  await expect(client.trpc.stores.create.mutate({ name: 'new', values: own })).rejects.toThrow(
    'a rule of the platform',
  );
  // What it had stays its own, for the day on which the rule goes.
  await update({ cost: 'store', team: 'tea' });
  await expect.poll(() => settled(client, id), { timeout: 30_000 }).toBe(true);
  const { values } = await client.trpc.stores.release.query({ id });
  expect(parse(values)).toMatchObject({
    cron: { schedule: '2 * * * *', podAnnotations: { cost: 'rule', team: 'tea' } },
  });
  expect(await client.trpc.stores.values.query({ id })).toMatchObject({
    own: { cron: { podAnnotations: { cost: 'store' } } },
    effective: { cron: { podAnnotations: { cost: 'rule' } } },
  });
});

test.each([
  { rules: 'ingres: {}', message: 'ingres: unknown value' },
  { rules: 'store: { url: "http://a.example.com" }', message: 'store.url: differs from store to store' },
  { rules: 'engines: { woocommerce: { ingress: { host: a.example.com } } }', message: 'ingress.host: differs from' },
])('refuses to start with the rules $rules', async ({ rules, message }) => {
  const file = join(dir.path, 'wrong-rules.yaml');
  writeFileSync(file, rules);
  const env = { SHOPYARD_STORE_RULES: file };
  await expect(startServerProcess({ dataDir: join(dir.path, 'refused'), env })).rejects.toThrow(
    `SHOPYARD_STORE_RULES: ${message}`,
  );
});

test.each([
  { file: 'engines: { shop: {} }', message: 'engines.shop: choose one of the engines: woocommerce' },
  { file: 'engines: { woocommerce: { wordpres: {} } }', message: 'wordpres: unknown value' },
])('refuses to start with $file', async ({ file: text, message }) => {
  const file = join(dir.path, 'engines.yaml');
  writeFileSync(file, text);
  const env = { SHOPYARD_STORE_VALUES: file };
  await expect(startServerProcess({ dataDir: join(dir.path, 'refused'), env })).rejects.toThrow(
    `SHOPYARD_STORE_VALUES: ${message}`,
  );
});

test('offers the sizes that the chart defines', async () => {
  const { sizes } = await api.trpc.platform.chart.query();
  expect(sizes.map(({ name }) => name)).toEqual(['small', 'medium', 'large']);
  expect(sizes[0]).toMatchObject({
    name: 'small',
    cpu: '100m + 50m',
    memory: '768Mi + 512Mi',
    storage: '2Gi + 2Gi',
    suits: 'about 50 orders a day',
  });
});

test('serves what a form needs: the settings that people set, and the schema with descriptions and defaults', async () => {
  const { settings, schema } = await api.trpc.platform.chart.query();
  expect(settings.find(({ path }) => path.join('.') === 'store.currency')).toMatchObject({
    label: 'Currency',
    group: 'Shop',
  });
  expect(schemaAt(schema, ['store', 'title'])).toMatchObject({
    type: 'string',
    description: 'Shown to customers. Empty: the name.',
    default: '',
  });
  expect(schemaAt(schema, ['size'])).toMatchObject({ enum: ['small', 'medium', 'large'], default: 'small' });
  expect(schemaAt(schema, ['store', 'titel'])).toBeUndefined();
  expect(JSON.stringify(schema)).not.toContain('$ref');
  await expect(api.trpc.platform.chart.query({ engine: 'teashop' })).rejects.toThrow('choose one of the engines');
});

/** Changing a store: its values, plans of others, labels, and two people at once; over tRPC and REST alike. */
import { expect, test } from 'vitest';
import { refusedObjects, type Store, type StorePlan, type StoreSettings } from '@shopyard/contracts';
import { useSuite } from '../support/suite.ts';

const suite = useSuite();

interface Refusal {
  error: { code: string; message: string; issues?: { field: string; path: string[]; message: string }[] };
}

const rest = <T>(method: string, path: string, body?: object): Promise<Answer<T>> =>
  ask(method, `stores/${path}`, body);
const post = <T>(path: string, body: object): Promise<Answer<T>> => ask('POST', path, body);

interface Answer<T> {
  status: number;
  body: T & Refusal;
}

async function ask<T>(method: string, path: string, body?: object): Promise<Answer<T>> {
  const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
  const response = await fetch(`${suite.server.url}/${path}`, init);
  // The test reads only what it expects.
  return { status: response.status, body: (await response.json()) as T & Refusal };
}

/** The data of a refused call over tRPC. */
async function refusalOf(call: Promise<unknown>): Promise<Refusal['error'] | undefined> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (error as { data?: { shopyard: Refusal['error'] } } | undefined)?.data?.shopyard;
}

async function createReady(name: string, values: Parameters<typeof suite.create>[1] = {}): Promise<Store> {
  const store = await suite.create(name, values);
  await suite.settled(store.id, 1);
  return store;
}

test("shows a store's own and effective values; keeps names of Secrets and redacts secrets", async () => {
  const own = { store: { title: 'Mugs' }, wordpress: { podAnnotations: { 'example.com/api-key': 'hunter2' } } };
  const { id } = await suite.create('shown', own);
  const settings = await suite.api.trpc.stores.values.query({ id });
  expect(settings).toMatchObject({
    generation: 1,
    own: { store: { title: 'Mugs' }, wordpress: { podAnnotations: { 'example.com/api-key': '[redacted]' } } },
    effective: {
      size: 'small',
      store: {
        id,
        name: 'shown',
        title: 'Mugs',
        currency: 'EUR',
        url: expect.stringContaining('shown.localhost') as string,
      },
      credentials: { existingSecret: 'store-credentials' },
    },
  });
  expect((await rest<StoreSettings>('GET', `${id}/values`)).body).toEqual(settings);

  // What was shown may be sent back: it keeps the secret.
  await suite.api.trpc.stores.update.mutate({ id, values: { ...settings.own, size: 'medium' } });
  await suite.settled(id, 2);
  const { values } = await suite.api.trpc.stores.release.query({ id });
  expect(values).toContain('size: medium');
  expect(await suite.tools.helm('get', 'values', 'shown', '-n', 'store-shown')).toContain('hunter2');
});

test('refuses with every issue at once, each with its path, and names what was probably meant', async () => {
  const { id } = await suite.create('wrong');
  const values = { store: { titel: 'Mugs', currency: 'euro' }, quota: { hard: { 'requests.cpu': 'many' } } };
  const expected = [
    { path: ['values', 'quota', 'hard', 'requests.cpu'], message: 'must be a quantity such as 250m, 2 or 1.5Gi' },
    { path: ['values', 'store', 'currency'], message: 'must be three capital letters, such as EUR' },
    { path: ['values', 'store', 'titel'], message: 'unknown value. Did you mean `title`?' },
  ];
  const answers = [
    await refusalOf(suite.api.trpc.stores.update.mutate({ id, values })),
    await refusalOf(suite.api.trpc.stores.plan.query({ id, values })),
    (await rest('PATCH', id, { values })).body.error,
    (await post('plans', { id, values })).body.error,
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({ code: 'validation_failed' });
    const issues = answer?.issues?.filter(({ message }) => !message.startsWith('must have at most')) ?? [];
    const found = issues.map(({ path, message }) => ({ path, message }));
    expect(found.toSorted((a, b) => a.path.join().localeCompare(b.path.join()))).toEqual(expected);
    const [first] = answer?.issues ?? [];
    expect(answer?.message).toBe(`${first?.field}: ${first?.message}`);
  }
  expect(await suite.api.trpc.stores.get.query({ id })).toMatchObject({ generation: 1 });
});

test('reports a volume that would shrink beside a value that does not fit the schema', async () => {
  const { id } = await createReady('shrinking');
  const values = { store: { currency: 'euro' }, mariadb: { storage: { size: '1Gi' } } };
  const refusal = await refusalOf(suite.api.trpc.stores.update.mutate({ id, values }));
  expect(refusal?.issues?.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['values.store.currency', 'values.mariadb.storage.size']),
  );
});

test('plans another image: the pods that restart, what else changes, and nothing happens', async () => {
  const { id } = await createReady('image');
  const values = { wordpress: { image: { repository: 'wordpress', tag: '7.2-php8.3-apache' } } };
  const plan = await suite.api.trpc.stores.plan.query({ id, values });
  const tag = { path: ['wordpress', 'image', 'tag'], label: 'WordPress version' };
  expect(plan).toMatchObject({
    generation: 1,
    values: [{ ...tag, before: '7.1-php8.3-apache', after: '7.2-php8.3-apache' }],
    impact: { restarts: ['WordPress'], setupRuns: true, database: 'maybe', back: 'none' },
    notes: [],
  });
  const changing = plan.objects.filter(({ verdict }) => verdict !== 'unchanged');
  expect(changing.map(({ kind, name, verdict }) => `${verdict} ${kind}/${name}`).toSorted()).toEqual([
    'changed CronJob/cron',
    'replaced Job/setup',
    'restarts Deployment/wordpress',
  ]);
  const { diff = '' } = plan.objects.find(({ kind }) => kind === 'Deployment') ?? {};
  expect(diff).toMatch(/^@@ /);
  expect(diff).toMatch(/^- +image: wordpress:7\.1-php8\.3-apache$/m);
  expect(diff).toMatch(/^\+ +image: wordpress:7\.2-php8\.3-apache$/m);
  expect(plan.objects.length - changing.length).toBeGreaterThan(8);
  const { planId: _id, expiresAt: _at, ...same } = plan;
  expect((await post<StorePlan>('plans', { id, values })).body).toMatchObject(same);

  expect(await suite.api.trpc.stores.get.query({ id })).toMatchObject({ generation: 1, phase: 'Ready' });
  const { timeline } = await suite.api.trpc.stores.timeline.query({ id });
  expect(timeline.filter(({ kind }) => kind === 'call').map(({ what }) => what)).toEqual(['create']);
});

test('plans a size as the update then makes it: existing volumes keep the settings they were made with', async () => {
  const { id, namespace } = await createReady('resized');
  const values = { size: 'medium' };
  const plan = await suite.api.trpc.stores.plan.query({ id, values });
  expect(plan.values).toEqual([{ path: ['size'], label: 'Size', before: 'small', after: 'medium' }]);
  expect(plan.impact.restarts).toEqual(['WordPress', 'database']);
  const statefulSet = plan.objects.find(({ kind }) => kind === 'StatefulSet');
  expect(statefulSet?.diff).toMatch(/^\+ +shopyard\.dev\/wanted-storage: "?10Gi"?$/m);
  const grows = { kind: 'PersistentVolumeClaim', verdict: 'changed', why: 'grows from 2Gi to 10Gi' };
  for (const name of ['data-mariadb-0', 'wordpress-content'])
    expect(plan.objects).toContainEqual(expect.objectContaining({ ...grows, name }));
  // The template of the claims can't change.
  expect(statefulSet?.diff).not.toMatch(/^[+-] +storage:/m);

  const before = await objectsOf(namespace);
  await suite.api.trpc.stores.applyPlan.mutate({ planId: plan.planId });
  await suite.settled(id, 2);
  const after = await objectsOf(namespace);
  const specChanged = [...after].filter(([key, spec]) => before.get(key) !== spec).map(([key]) => key);
  const said = plan.objects.filter(({ verdict }) => verdict !== 'unchanged').map(({ kind, name }) => `${kind}/${name}`);
  for (const key of specChanged) expect(said).toContain(key);
  const again = await suite.api.trpc.stores.plan.query({ id, values });
  expect(again).toMatchObject({ values: [], impact: { restarts: [], database: 'no', back: 'free' }, generation: 2 });
  const changing = again.objects.filter(({ verdict }) => verdict !== 'unchanged');
  // Where the volume has grown, its claim's manifest follows.
  expect(changing.filter(({ kind }) => kind !== 'PersistentVolumeClaim').map(({ kind }) => kind)).toEqual(['Job']);
});

test('plans made while an update is under way refuse nothing because of it', async () => {
  const { id } = await createReady('underway');
  const refused = new Set<string>();
  let planned = 0;
  for (const [at, size] of ['medium', 'large'].entries()) {
    await suite.api.trpc.stores.update.mutate({ id, values: { size } });
    const update = { isUnderWay: true };
    const keepPlanning = async (): Promise<void> => {
      for (; update.isUnderWay; planned += 1) {
        const plan = await suite.api.trpc.stores.plan.query({ id, values: { size, store: { currency: 'USD' } } });
        for (const { kind, name, why } of refusedObjects(plan)) refused.add(`${kind}/${name}: ${why}`);
      }
    };
    const planning = Promise.all([keepPlanning(), keepPlanning(), keepPlanning()]);
    await suite.settled(id, at + 2).finally(() => (update.isUnderWay = false));
    await planning;
  }
  expect(planned).toBeGreaterThan(5);
  expect([...refused]).toEqual([]);
});

/** Specs of the objects that a size may change. */
async function objectsOf(namespace: string): Promise<Map<string, string>> {
  const kinds = 'deployments,statefulsets,cronjobs,resourcequotas,services,networkpolicies,limitranges';
  const { items } = JSON.parse(await suite.tools.kubectl('get', kinds, '-n', namespace, '-o', 'json')) as {
    items: { kind: string; metadata: { name: string }; spec: unknown }[];
  };
  return new Map(items.map(({ kind, metadata, spec }) => [`${kind}/${metadata.name}`, JSON.stringify(spec)]));
}

test('of two editors at once, the second learns who was faster and nothing of the first is lost', async () => {
  const { id } = await suite.create('contested');
  const [one, two] = await Promise.all([
    suite.api.trpc.stores.values.query({ id }),
    suite.api.trpc.stores.values.query({ id }),
  ]);
  await suite.api.trpc.stores.update.mutate({ id, values: { store: { title: 'First' } }, generation: one.generation });
  const late = { values: { size: 'large' }, generation: two.generation };
  const refusals = [
    await refusalOf(suite.api.trpc.stores.update.mutate({ id, ...late })),
    (await rest('PATCH', id, late)).body.error,
    await refusalOf(suite.api.trpc.stores.plan.query({ id, ...late })),
    (await post('plans', { id, ...late })).body.error,
  ];
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ code: 'generation_mismatch' });
    expect(refusal?.message).toMatch(/^local changed the store \(store\.title\) in the meantime\. Nothing was applied/);
  }
  expect((await rest('PATCH', id, late)).status).toBe(409);
  expect(await suite.api.trpc.stores.values.query({ id })).toMatchObject({
    generation: 2,
    own: { store: { title: 'First' } },
  });
});

test('labels alone start no generation; the namespace keeps them; values and labels change together', async () => {
  const { id, namespace } = await createReady('labelled');
  const labelled = await suite.api.trpc.stores.update.mutate({ id, labels: { team: 'ops' } });
  expect(labelled).toMatchObject({ generation: 1, labels: { team: 'ops' }, phase: 'Ready' });
  const profile = (): Promise<string> =>
    suite.tools.kubectl(
      'get',
      'namespace',
      namespace,
      '-o',
      String.raw`jsonpath={.metadata.annotations.shopyard\.dev/profile}`,
    );
  await expect.poll(profile).toContain('"team":"ops"');
  const revision = (): Promise<string> => suite.tools.helm('history', 'labelled', '-n', namespace, '-o', 'json');
  expect(JSON.parse(await revision())).toHaveLength(1);

  const both = { labels: { team: 'shops' }, values: {} };
  expect((await rest<Store>('PATCH', id, both)).body).toMatchObject({ generation: 1, labels: { team: 'shops' } });
  const other = { labels: {}, values: { size: 'medium' }, generation: 1 };
  expect((await rest<Store>('PATCH', id, other)).body).toMatchObject({ generation: 2, labels: {} });
  await suite.settled(id, 2);
  await expect.poll(profile).toContain('"labels":{}');
  const nothing = await rest('PATCH', id, {});
  expect(nothing).toMatchObject({
    status: 400,
    body: { error: { message: 'send `values`, `labels`, `chart` or several of them' } },
  });
});

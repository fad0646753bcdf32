/**
 * The second engine on any cluster, with a WooCommerce store beside it: one store sells, keeps its orders through kills and sleep,
 * is repaired, and is deleted without a trace.
 */
import type { Store } from '@shopyard/contracts';
import { beforeAll, expect, test } from 'vitest';
import { leftoversOf } from '../support/leftovers.ts';
import { orderByApi, orderByForms, type Seen, seenInAdmin } from '../support/medusa-shopper.ts';
import type { StorePage, StoreVisit } from '../support/open-store.ts';
import { useSuite } from '../support/suite.ts';
import { PATIENCE_MS, PLAIN, REAL, uniqueName } from '../support/test-cluster.ts';

const suite = useSuite();
/** Of the setup, each killed once while it runs. Simulated, it ends too soon for that: test/flow/engine-conformance.test.ts kills it. */
const KILLED_STEPS = REAL ? ['setup: migrate', 'setup: store'] : [];

let store: Store;
let other: Store;
/** What its administrator sees: nothing where stores are simulated. */
let seen: Seen | undefined;
let missing: string | undefined;

const open = (path: string, visit?: StoreVisit): Promise<StorePage> => suite.open(store.name, path, visit);
const kubectl = (...args: string[]): Promise<string> => suite.tools.kubectl('-n', store.namespace, ...args);
const pods = (): Promise<string> => kubectl('get', 'pods,jobs', '-o', 'name');
const isReady = (): Promise<unknown> => suite.stores.phase(store.name, 'Ready', PATIENCE_MS);

async function look(): Promise<Seen | undefined> {
  if (!REAL) return undefined;
  return seenInAdmin(open, await suite.api.trpc.stores.credentials.mutate({ id: store.id }));
}

/** Deletes the pod of the setup while it is at this step. */
async function killSetup(step: string): Promise<void> {
  const setup = ['-l', 'app.kubernetes.io/component=setup'];
  const isThere = async (): Promise<boolean> => {
    // There is no log before its container starts.
    const log = await kubectl('logs', ...setup, '--tail=-1').catch(() => '');
    return log.includes(step) && !log.includes('setup: done');
  };
  await expect.poll(isThere, { timeout: PATIENCE_MS, interval: 250 }).toBe(true);
  await kubectl('delete', 'pods', ...setup, '--force', '--grace-period=0');
}

beforeAll(async () => {
  missing = suite.cluster.noMedusa;
  if (missing !== undefined) return void process.stderr.write(`No Medusa store runs here: ${missing}.\n`);
  [store, other] = await Promise.all([
    suite.create(uniqueName('mugs'), {}, 'medusa'),
    suite.create(uniqueName('beside'), PLAIN),
  ]);
});

test('becomes Ready though its setup is killed in the middle', { timeout: 3 * PATIENCE_MS }, async (context) => {
  if (missing !== undefined) return context.skip(missing);
  for (const step of KILLED_STEPS) await killSetup(step);
  await Promise.all([isReady(), suite.stores.phase(other.name, 'Ready', PATIENCE_MS)]);
  expect((await open('/')).status).toBe(200);
  expect((await suite.open(other.name)).status).toBe(200);
});

test('sells over the Store API and by its forms, and the stock goes down', async (context) => {
  if (missing !== undefined) return context.skip(missing);
  if (!REAL) return void process.stderr.write('No orders are placed in this run: the stores are simulated.\n');
  const before = await look();
  expect(before?.orders).toEqual([]);
  const first = await orderByApi(open);
  const second = await orderByForms(open);
  seen = await look();
  expect(seen).toEqual({ orders: [second, first], stock: (before?.stock ?? 0) - 2 });
});

test('signs the administrator in by a link, once', async (context) => {
  if (missing !== undefined) return context.skip(missing);
  const { url } = await suite.api.trpc.stores.loginLink.mutate({ id: store.id });
  const { pathname, search } = new URL(url);
  // A simulated shop has nothing to protect, and takes any link.
  const later = REAL ? 403 : 303;
  const pages = await Promise.all([1, 2, 3].map(() => open(pathname + search)));
  expect(pages.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([303, later, later]);
});

test('keeps its orders while all its pods are killed', { timeout: 2 * PATIENCE_MS }, async (context) => {
  if (missing !== undefined) return context.skip(missing);
  await kubectl('delete', 'pods', '--all', '--force', '--grace-period=0');
  await expect.poll(async () => (await open('/')).status, { timeout: PATIENCE_MS }).toBe(200);
  await isReady();
  expect(await look()).toEqual(seen);
});

test('sleeps without a pod and wakes with its orders', { timeout: 2 * PATIENCE_MS }, async (context) => {
  if (missing !== undefined) return context.skip(missing);
  await suite.api.trpc.stores.suspend.mutate({ id: store.id });
  await suite.stores.phase(store.name, 'Suspended', PATIENCE_MS);
  await expect.poll(pods, { timeout: PATIENCE_MS }).toBe('');
  expect((await open('/')).status).toBe(503);
  await suite.api.trpc.stores.resume.mutate({ id: store.id });
  await isReady();
  expect(await look()).toEqual(seen);
});

test('gets deleted objects back', { timeout: 2 * PATIENCE_MS }, async (context) => {
  if (missing !== undefined) return context.skip(missing);
  const objects = ['deployment/medusa', 'service/postgres', 'networkpolicy/postgres'];
  await kubectl('delete', ...objects, '--wait=false');
  const found = (): Promise<string> => kubectl('get', ...objects, '--ignore-not-found', '-o', 'jsonpath={.items[*].metadata.name}'); // prettier-ignore
  await expect.poll(found, { timeout: PATIENCE_MS }).toBe('medusa postgres postgres');
  await expect.poll(async () => (await open('/')).status, { timeout: PATIENCE_MS }).toBe(200);
  await isReady();
  expect(await look()).toEqual(seen);
});

test('is deleted without a trace, and the store beside it goes on', { timeout: 2 * PATIENCE_MS }, async (context) => {
  if (missing !== undefined) return context.skip(missing);
  await suite.remove(store);
  await expect.poll(() => leftoversOf(suite.tools, [store]), { timeout: PATIENCE_MS }).toEqual([]);
  expect((await suite.open(other.name)).status).toBe(200);
  await suite.remove(other);
});

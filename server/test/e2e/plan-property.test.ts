/**
 * Random changes of values: each is planned, then helm makes it, and the plan was right. Several releases change side by side,
 * as a real cluster takes its time for each. `SEED=` makes other ones, `CHANGES=100` more.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { PlannedObject } from '@shopyard/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { layer } from '../../src/chart/platform-values.ts';
import { type Live, PlannedRelease, type Values } from '../support/planned-release.ts';
import { type Simulator, startSimulator } from '../support/simulator.ts';
import { REAL, uniqueName } from '../support/test-cluster.ts';

/** A hundred take a minute and a half, and on a real cluster five: it makes and ends pods for them. */
const CHANGES = Number(process.env['CHANGES'] ?? (REAL ? 20 : 40));
const RELEASES = 5;
/** A pod of a real cluster has its grace period before the next one is asked for. */
const REFUSAL_MS = REAL ? 120_000 : 30_000;
/** Of a change, while the other releases change too. */
const SECONDS_EACH = 24;
const SEED = Number(process.env['SEED'] ?? 1);

/** Fields and what they become; some of it the cluster refuses. */
const FIELDS: [path: string, values: unknown[]][] = [
  ['size', ['small', 'medium', 'large']],
  ['store.title', ['Mugs', 'Cups & more', '']],
  ['store.currency', ['EUR', 'USD']],
  ['wordpress.image.tag', ['7.1-php8.3-apache', '7.2-php8.3-apache']],
  ['wordpress.resources.limits.memory', ['512Mi', '1Gi', '9Gi', null]],
  ['wordpress.resources.requests.memory', ['128Mi', '3Gi', null]],
  ['wordpress.podAnnotations', [{ 'example.com/team': 'shops' }, {}]],
  ['wordpress.php.memoryLimit', ['256M', '512M']],
  ['mariadb.image.tag', ['11.8', '12.0']],
  ['mariadb.resources.limits.memory', ['512Mi', '7Gi', null]],
  ['mariadb.podAnnotations', [{ 'example.com/team': 'data' }, {}]],
  ['woocommerce.enabled', [true, false]],
  ['smtp.host', ['mail.example.com', '10.1.2.3', '']],
  ['setup.backoffLimit', [1, 4]],
  ['cron.enabled', [true, false]],
  ['cron.schedule', ['*/5 * * * *', '0 3 * * *', '61 * * * *']],
  ['ingress.enabled', [true, false]],
  ['ingress.host', ['shop.example.com', 'other.example.com']],
  ['quota.enabled', [true, false]],
  ['quota.hard', [{ 'limits.memory': '1Gi' }, { 'requests.cpu': '8' }, {}]],
  ['networkPolicy.enabled', [true, false]],
  ['networkPolicy.allowInternet', [true, false]],
];

let simulator: Simulator | undefined;
const releases: PlannedRelease[] = [];
const seen = new Map<PlannedObject['verdict'], number>();

beforeAll(async () => {
  simulator = REAL ? undefined : await startSimulator({ speed: 0 });
  const kubeconfig = simulator?.kubeconfig ?? readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8');
  for (let at = 0; at < RELEASES; at++) releases.push(new PlannedRelease(kubeconfig, uniqueName('prop')));
  await Promise.all(releases.map((release) => release.open({})));
  const unbound = async (): Promise<string[]> =>
    (await Promise.all(releases.map((release) => release.unboundClaims()))).flat();
  // Until they are bound, the cluster writes into claims.
  await vi.waitFor(async () => expect(await unbound()).toEqual([]), 60_000);
});
afterAll(async () => {
  await Promise.all(releases.map((release) => release[Symbol.asyncDispose]()));
  await simulator?.close();
});

test(
  `is right about ${CHANGES} random changes`,
  async () => {
    process.stderr.write(`changes of seed ${SEED}\n`);
    const each = Math.ceil(CHANGES / RELEASES);
    await Promise.all(releases.map((release, at) => walk(release, { seed: SEED * RELEASES + at, changes: each })));
    process.stderr.write(`${CHANGES} changes: ${JSON.stringify(Object.fromEntries(seen))}\n`);
    if (CHANGES < 100) return;
    for (const verdict of ['unchanged', 'created', 'changed', 'restarts', 'replaced', 'removed', 'refused'] as const)
      expect(seen.get(verdict) ?? 0, verdict).toBeGreaterThan(0);
  },
  (CHANGES / RELEASES + 5) * SECONDS_EACH * 1000,
);

/** Plans and makes random changes of one release, one after the other. */
async function walk(release: PlannedRelease, { seed, changes }: { seed: number; changes: number }): Promise<void> {
  const random = mulberry(seed);
  let values: Values = {};
  for (let made = 0; made < changes; made++) {
    const next = changed(release, values, random);
    const plan = await release.judge(next);
    for (const { verdict } of plan) seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
    const before = await release.objects();
    const failure: unknown = await release.upgrade(next).then(
      () => undefined,
      (error: unknown) => error,
    );
    const context = `seed ${SEED}, release ${seed % RELEASES}, change ${made}: ${JSON.stringify(next)}`;
    const refused = plan.filter(({ verdict }) => verdict === 'refused');
    const atOnce = refused.filter(({ why = '' }) => !why.startsWith('its pods'));
    expect(failure !== undefined, `${context}: ${String(failure)}`).toBe(atOnce.length > 0);
    if (failure === undefined) {
      expectRight(plan, { before, after: await release.objects() }, context);
      await expectNoPods(release, refused, context);
    }
    // What is refused is not built upon.
    if (refused.length > 0) await release.upgrade(values);
    else values = next;
  }
}

type Objects = Record<'before' | 'after', ReadonlyMap<string, Live>>;

function expectRight(plan: readonly PlannedObject[], { before, after }: Objects, context: string): void {
  for (const { kind, name, verdict, why } of plan) {
    const [was, is] = [before.get(`${kind}/${name}`), after.get(`${kind}/${name}`)];
    const what = `${context}: ${verdict} ${kind}/${name}`;
    if (verdict === 'created') expect([was, is !== undefined], what).toEqual([undefined, true]);
    if (verdict === 'removed') expect([was !== undefined, is], what).toEqual([true, undefined]);
    if (verdict === 'replaced') expect(is?.metadata.uid, what).not.toBe(was?.metadata.uid);
    if (verdict === 'unchanged' && why === undefined) expect(essence(is), what).toEqual(essence(was));
    if (verdict === 'changed') expect(essence(is), what).not.toEqual(essence(was));
    const isWorkload = kind === 'Deployment' || kind === 'StatefulSet';
    const restarts = was !== undefined && !isDeepStrictEqual(was.spec?.template, is?.spec?.template);
    if (isWorkload && verdict !== 'refused') expect(restarts, what).toBe(verdict === 'restarts');
  }
  const planned = new Set(plan.map(({ kind, name }) => `${kind}/${name}`));
  for (const [key, { kind }] of after)
    // The rest is the cluster's and helm's own.
    if (kind !== 'ConfigMap' && kind !== 'PersistentVolumeClaim') expect(planned, context).toContain(key);
}

/** What controllers write is no change; where they write nothing, not even the version changes. */
function essence(object: Live | undefined): unknown {
  if (!object) return undefined;
  const { metadata, ...rest } = object;
  const { resourceVersion, managedFields: _fields, generation: _generation, ...kept } = metadata;
  // The Deployments' controller counts the change before this one here, at any time.
  const { 'deployment.kubernetes.io/revision': _revision, ...annotations } = metadata.annotations ?? {};
  const isQuiet = !('status' in object);
  return { ...rest, status: undefined, metadata: { ...kept, annotations, ...(isQuiet ? { resourceVersion } : {}) } };
}

/** The pods of what was refused for its pods are not made. */
async function expectNoPods(
  release: PlannedRelease,
  refused: readonly PlannedObject[],
  context: string,
): Promise<void> {
  for (const { name } of refused) {
    const isRefused = async (): Promise<boolean> => (await release.refusedPods()).some((text) => text.startsWith(name));
    await expect.poll(isRefused, { timeout: REFUSAL_MS, message: `${context}: ${name}` }).toBe(true);
  }
}

/** One to three fields become something else. */
function changed(release: PlannedRelease, values: Values, random: () => number): Values {
  let next = values;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    const [path, choices] = pick(FIELDS, random);
    const value = pick(choices, random);
    next = layer(next, path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Values);
  }
  return release.chart.checkValues(next).length > 0 ? changed(release, values, random) : next;
}

const pick = <T>(items: readonly T[], random: () => number): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** Numbers from 0 to 1 that follow from the seed. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

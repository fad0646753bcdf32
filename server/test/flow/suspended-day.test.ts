/**
 * A random day of a store: suspended, resumed, changed, scaled by hand, its database lost, in any order. The number of its
 * pods has one owner throughout, and nothing but a resume wakes it. `SEED=` repeats a day.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { useOwnServer } from '../support/use-own-server.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 2_000_000_000);
const STEPS = ['suspend', 'resume', 'change', 'scale', 'lose the database'] as const;
const WORKLOADS = ['deployment/wordpress', 'statefulset/mariadb'];

const own = useOwnServer();
const kubectl = (...args: string[]): Promise<string> => own.cluster.tools.kubectl('-n', 'store-alpha', ...args);

/** Pods wanted of each workload, and whether the CronJob is suspended. */
async function scales(): Promise<string> {
  const path = 'jsonpath={.items[*].spec.replicas} {.items[*].spec.suspend}';
  return kubectl('get', 'deployments,statefulsets,cronjobs', '-o', path);
}

/** Who manages `spec.replicas` of a workload. */
async function owners(workload: string): Promise<string[]> {
  const text = await kubectl('get', workload, '-o', 'json', '--show-managed-fields');
  const { metadata } = JSON.parse(text) as {
    metadata: { managedFields: { manager: string; fieldsV1: { 'f:spec'?: Record<string, unknown> } }[] };
  };
  // helm applies, and Shopyard updates in its name.
  const owning = metadata.managedFields.filter(({ fieldsV1 }) => fieldsV1['f:spec']?.['f:replicas'] !== undefined);
  return [...new Set(owning.map(({ manager }) => manager))];
}

test('a random day leaves one owner of the number of pods, and wakes nobody', { timeout: 180_000 }, async () => {
  // Each step once at least.
  const days = fc.tuple(
    fc.shuffledSubarray([...STEPS], { minLength: STEPS.length }),
    fc.array(fc.constantFrom(...STEPS), { minLength: 7, maxLength: 7 }),
  );
  const steps = fc.sample(days, { seed: SEED, numRuns: 1 }).flat(2);
  process.stderr.write(`A day with SEED=${SEED}: ${steps.join(', ')}.\n`);
  const { id } = await own.api.trpc.stores.create.mutate({ name: 'alpha' });
  await own.stores.phase('alpha', 'Ready');
  let [isAsleep, generation] = [false, 1];
  const act: Record<(typeof STEPS)[number], () => Promise<unknown>> = {
    suspend: async () => {
      await own.api.trpc.stores.suspend.mutate({ id });
      isAsleep = true;
    },
    resume: async () => {
      await own.api.trpc.stores.resume.mutate({ id });
      isAsleep = false;
    },
    change: async () => {
      generation += 1;
      await own.api.trpc.stores.update.mutate({ id, values: { store: { title: `Title ${generation}` } } });
    },
    scale: () => kubectl('scale', ...WORKLOADS, `--replicas=${isAsleep ? 1 : 0}`),
    'lose the database': () => own.loseDatabase(),
  };
  for (const [at, step] of steps.entries()) {
    const moment = `step ${at + 1}, ${step}`;
    await act[step]();
    await expect.poll(scales, { timeout: 30_000, message: moment }).toBe(isAsleep ? '0 0 true' : '1 1 false');
    await own.stores.until(moment, ([store]) =>
      isAsleep
        ? store?.phase === 'Suspended' && store.generation === generation
        : store?.phase === 'Ready' && store.observedGeneration === generation,
    );
    for (const workload of WORKLOADS) expect(await owners(workload), `${workload} after ${moment}`).toEqual(['helm']);
  }
});
